from django.db import migrations

# A merge never leaves its workspace: contact and workspace are compared by the database itself.
SAME_WORKSPACE = """
ALTER TABLE contacts_contact ADD CONSTRAINT contact_merged_in_workspace
    FOREIGN KEY (workspace_id, merged_into_id) REFERENCES contacts_contact (workspace_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE contacts_contactmerge ADD CONSTRAINT merge_kept_in_workspace
    FOREIGN KEY (workspace_id, kept_id) REFERENCES contacts_contact (workspace_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE contacts_contactmerge ADD CONSTRAINT merge_gone_in_workspace
    FOREIGN KEY (workspace_id, gone_id) REFERENCES contacts_contact (workspace_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""
ANY_WORKSPACE = """
ALTER TABLE contacts_contactmerge DROP CONSTRAINT merge_gone_in_workspace;
ALTER TABLE contacts_contactmerge DROP CONSTRAINT merge_kept_in_workspace;
ALTER TABLE contacts_contact DROP CONSTRAINT contact_merged_in_workspace;
"""

# Whoever read a contact a moment before it was merged and writes a moment after: the row goes to the living
# one. The lock is the one that the foreign key takes anyway, only a little earlier, so that it waits for a merge.
LIVING = """
CREATE FUNCTION contacts_living(wanted bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    further bigint;
BEGIN
    LOOP
        SELECT merged_into_id INTO further FROM contacts_contact WHERE id = wanted FOR KEY SHARE;
        EXIT WHEN further IS NULL;
        wanted := further;
    END LOOP;
    RETURN wanted;
END $$;
CREATE FUNCTION contacts_identity_of_the_living() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    living bigint := contacts_living(NEW.contact_id);
BEGIN
    IF living <> NEW.contact_id THEN
        NEW.home_id := COALESCE(NEW.home_id, NEW.contact_id);
        NEW.contact_id := living;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_of_the_living BEFORE INSERT ON contacts_identity
    FOR EACH ROW EXECUTE FUNCTION contacts_identity_of_the_living();
"""
NOT_LIVING = """
DROP TRIGGER identity_of_the_living ON contacts_identity;
DROP FUNCTION contacts_identity_of_the_living();
DROP FUNCTION contacts_living(bigint);
"""

# Names are looked for without accents: Kovarova finds Kovářová. Only a function that promises to answer the
# same for ever can be indexed.
PLAIN = """
CREATE FUNCTION contacts_plain(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, lower(value)) $$;
CREATE INDEX contact_plain_name ON contacts_contact USING gin (contacts_plain(name) gin_trgm_ops);
"""
NOT_PLAIN = """
DROP INDEX contact_plain_name;
DROP FUNCTION contacts_plain(text);
"""


# Apart from the tables: PostgreSQL gets their unique keys only when the migration that makes them ends.
class Migration(migrations.Migration):
    replaces = [('contacts', '0003_merge')]

    dependencies = [
        ('contacts', '0001_tables'),
    ]

    operations = [
        migrations.RunSQL(SAME_WORKSPACE, ANY_WORKSPACE),
        migrations.RunSQL(LIVING, NOT_LIVING),
        migrations.RunSQL(PLAIN, NOT_PLAIN),
    ]

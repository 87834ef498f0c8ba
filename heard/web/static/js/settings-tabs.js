// On a narrow screen the tabs scroll. The one that is open should be in sight.
document.querySelector(".settings-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// The link that the terminal printed ends in #now: whoever opens it has just started Heard. Links that are
// handed on do not, because some mail scanners run scripts and would use them up.
if (location.hash === "#now") {
  history.replaceState(null, "", location.pathname); // or the browser takes it along to the inbox
  document.getElementById("sign-in").requestSubmit()
}

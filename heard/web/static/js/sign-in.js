// Scanners that follow links run no scripts, so they use nothing up; people need not press a button.
document.getElementById("sign-in").requestSubmit()

// What allauth's scripts would only write to the console, said on the page.
const place = document.getElementById("passkey-problem");

function words(exception) {
  const { dataset } = place.querySelector("p");
  if (!window.isSecureContext) return dataset.insecure;
  if (exception?.name === "InvalidStateError") return dataset.known;
  return dataset.refused;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  place.querySelector("p").textContent = words(event.detail.exception);
  place.hidden = false;
});

/* Says in the page what allauth's passkey scripts would only write to the console. */
document.addEventListener('allauth.error', function (event) {
  const place = document.getElementById('passkey-error')
  if (place) {
    event.preventDefault()
    place.textContent = place.dataset.message
  }
})

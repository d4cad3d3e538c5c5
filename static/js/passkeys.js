/* Starts allauth's passkey scripts and says in the page what they would only write to the console. */
(function () {
  const place = document.getElementById('passkey-error')
  const button = place.dataset.button
  const ids = { login: button, authenticate: button, add: button, credential: place.dataset.credential }
  if (place.dataset.passwordless) ids.passwordless = place.dataset.passwordless
  if (document.getElementById('js_data')) ids.data = 'js_data'
  window.allauth.webauthn.forms[place.dataset.flow]({ ids })

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    place.textContent = place.dataset.message
  })
})()

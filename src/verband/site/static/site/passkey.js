// Shows what needs a passkey only where the browser has them, and says when one was not given.
(function () {
  if (window.PublicKeyCredential) {
    document.querySelectorAll('[data-passkey]').forEach(part => { part.hidden = false })
  }
  document.addEventListener('allauth.error', event => {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-failed]').forEach(part => { part.hidden = false })
  })
})()

// Asks the device for a passkey and sends what it gives by the form, as JSON. This is the only script of the pages: browsers
// let nothing but a script ask. Without it, or in a browser that knows no passkeys, the forms stay hidden.
"use strict";

const bytes = (text) => new TextEncoder().encode(text);

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function create({ host, challenge, handle, login, person }) {
  return navigator.credentials.create({
    publicKey: {
      rp: { id: host, name: "Tenderpoint" },
      user: { id: bytes(handle), name: login, displayName: person },
      challenge: bytes(challenge),
      pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
    },
  });
}

function get({ host, challenge }) {
  return navigator.credentials.get({
    publicKey: { rpId: host, challenge: bytes(challenge), userVerification: "required" },
  });
}

// Web Authentication, level 3, section 5.1: RegistrationResponseJSON and AuthenticationResponseJSON.
function json({ id, rawId, type, response }) {
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) {
      parts[name] = text(response[name]);
    }
  }
  return JSON.stringify({ id, rawId: text(rawId), type, response: parts, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const refused = form.querySelector("[role=alert]");
    refused.hidden = true;
    try {
      const ask = form.dataset.passkey === "create" ? create : get;
      form.elements.namedItem("credential").value = json(await ask(form.dataset));
      form.submit();
    } catch {
      refused.hidden = false;
    }
  });
}

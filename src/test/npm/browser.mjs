// Opens SMART apps in a real browser: signs in, picks, ticks and clicks as people do. Prints the name of each story that
// came true, and stops with an error at the first that did not. With SHOTS it leaves a picture of every page it comes by.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const { SERVER: server, CHROMIUM: executablePath, SHOTS: shots } = process.env;
const require = createRequire(import.meta.url);
const library = await readFile(require.resolve("fhirclient/build/fhir-client.js"));
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const run = process.env.RUN ?? `${Date.now()}-${process.pid}`;
const npi = "http://hl7.org/fhir/sid/us-npi";

/** Tells one story; with STORY in the environment, those alone whose names hold it. */
async function story(name, tell) {
  if (!name.includes(process.env.STORY ?? "")) {
    return;
  }
  await tell();
  console.log(name);
}

// The app: fhirclient on two pages of another origin.
const scope = "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs patient/Condition.rs";
const pages = {
  "/fhir-client.js": ["text/javascript", library],
  "/launch.html": ["text/html", html("FHIR.oauth2.authorize(settings).catch((e) => { window.failure = String(e); });")],
  "/": [
    "text/html",
    html("FHIR.oauth2.ready().then((c) => { window.client = c; }).catch((e) => { window.failure = String(e); });"),
  ],
};

function html(script) {
  return `<!DOCTYPE html><html lang="en"><title>App</title><script src="/fhir-client.js"></script><script>
    const settings = { clientId: "browser-${run}", redirectUri: "/",
      scope: new URLSearchParams(location.search).has("launch") ? ${JSON.stringify(scope)}.replace("launch/patient", "launch")
        : ${JSON.stringify(scope)} };
    if (!new URLSearchParams(location.search).has("launch")) settings.iss = ${JSON.stringify(`${server}/fhir`)};
    ${script}</script></html>`;
}

const app = createServer((request, response) => {
  const [type, body] = pages[new URL(request.url, "http://localhost").pathname] ?? [];
  response.writeHead(type ? 200 : 404, { "Content-Type": `${type ?? "text/plain"};charset=UTF-8` }).end(body ?? "");
});
await new Promise((listening) => app.listen(0, "localhost", listening));
const appUrl = `http://localhost:${app.address().port}`;

async function token(client) {
  const answer = await fetch(`${server}/oauth2/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${Buffer.from(`${client}:${client}-secret`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return (await answer.json()).access_token;
}

async function send(method, path, bearer, body) {
  const answer = await fetch(server + path, {
    method,
    headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

const admin = await token("demo-admin");
const clinic = await token("demo-clinic");
const firstId = async (query) => (await send("GET", `/fhir/${query}`, clinic)).entry[0].resource.id;
await send("POST", "/admin/clients", admin, {
  client_id: `browser-${run}`,
  client_name: "Home exercises",
  redirect_uris: [`${appUrl}/`],
  initiate_login_uri: `${appUrl}/launch.html`,
  scope: `${scope} launch`,
  token_endpoint_auth_method: "none",
});

const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

let pictures = 0;

/** A window in which nobody is signed in yet. What a page of the server must not do ends the story. */
async function open(width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("console", (message) => {
    // Such as a form or a style that the page's own policy forbids.
    if (/Content Security Policy/.test(message.text())) {
      throw new Error(message.text());
    }
  });
  page.on("request", (request) => {
    const from = request.frame().url();
    if (from.startsWith(server) && !request.isNavigationRequest() && !request.url().startsWith(server)) {
      throw new Error(`${from} asks for ${request.url()}`);
    }
  });
  return page;
}

/** Every page for people: readable by everybody, whole on a telephone, one heading, and a way about by keyboard. */
async function look(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const findings = await page.evaluate(`${axe}; axe.run(document, { runOnly: ${JSON.stringify(rules)} })`);
    assert.deepEqual(
      findings.violations.map((found) => `${name}, ${colorScheme}: ${found.id}: ${found.nodes[0].html}`),
      [],
    );
    assert.ok(findings.passes.some((rule) => rule.id === "color-contrast"), `${name} was looked at`);
    if (shots && colorScheme === "dark") {
      await page.screenshot({ path: `${shots}/${String(++pictures).padStart(2, "0")}-${name}-dark.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      `${name} is wider than a window of ${width} pixels`,
    );
    if (shots) {
      await page.screenshot({ path: `${shots}/${String(++pictures).padStart(2, "0")}-${name}-${width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize(size);
}

async function signIn(page, login, password = `${login}-password`) {
  await page.getByLabel("Name", { exact: true }).fill(login);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const allow = (page) => page.getByRole("button", { name: "Allow what is ticked" }).click();

/** Waits for the app to have its client, or what it was told instead. */
async function back(page) {
  await page.waitForURL(`${appUrl}/**`);
  await page.waitForFunction(() => window.client || window.failure);
  return page.evaluate(() => window.failure ?? "");
}

/** The code that an authenticator app shows for a key; RFC 6238. */
function code(key, steps = 0) {
  const bits = [...key.replaceAll(" ", "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g).map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

try {
  await story("a therapist opens an app by itself, picks a patient and ticks what it gets", async () => {
    const page = await open();
    await page.goto(`${appUrl}/launch.html`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    assert.ok(await page.getByLabel("Name", { exact: true }).evaluate((field) => field === document.activeElement));
    await look(page, "sign-in");
    await signIn(page, "mina", "not-her-password");
    await page.getByRole("alert").waitFor();
    await look(page, "sign-in-refused");
    await signIn(page, "mina");
    await page.getByRole("heading", { name: "Which patient?" }).waitFor();
    await look(page, "picker");
    await page.getByLabel("Name", { exact: true }).fill("nobody is called that");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("alert").waitFor();
    await look(page, "picker-empty");
    await page.getByLabel("Name", { exact: true }).fill("Rivera");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("radio", { name: "Ana Rivera" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "Home exercises asks for access" }).waitFor();
    await look(page, "consent");
    await page.getByRole("checkbox", { name: "Condition" }).uncheck();
    await allow(page);
    assert.equal(await back(page), "");

    const patient = await page.evaluate(() => client.patient.read());
    assert.equal(patient.name[0].family, "Rivera");
    const observations = "Observation?patient=" + patient.id;
    const before = await page.evaluate((query) => client.request(query), observations);
    assert.equal(before.resourceType, "Bundle");
    assert.ok(before.total > 0 || before.entry.length > 0);
    const granted = await page.evaluate(() => client.state.tokenResponse.scope);
    assert.match(granted, /patient\/Observation\.rs/);
    assert.doesNotMatch(granted, /Condition/);
    assert.match(await page.evaluate(() => client.request("Condition?patient=" + client.patient.id).catch(String)), /403/);
    assert.match(await page.evaluate(() => client.getFhirUser()), /Practitioner\//);

    const used = await page.evaluate(() => client.state.tokenResponse.access_token);
    await page.evaluate(() => client.refresh());
    assert.notEqual(await page.evaluate(() => client.state.tokenResponse.access_token), used);
    const after = await page.evaluate((query) => client.request(query), observations);
    assert.equal(after.resourceType, "Bundle");
  });

  await story("an EHR opens an app with the patient who is open there", async () => {
    const patient = await firstId("Patient?family=Rivera&_elements=id");
    const mina = await firstId(`Practitioner?identifier=${npi}|9999901058&_elements=id`);
    const launch = { client_id: `browser-${run}`, fhirUser: `Practitioner/${mina}`, patient };
    const { url } = await send("POST", "/launch-context", clinic, launch);
    const page = await open();
    await page.goto(url);
    await signIn(page, "mina");
    await page.getByText("Ana Rivera").waitFor();
    await allow(page);
    assert.equal(await back(page), "");
    assert.equal((await page.evaluate(() => client.patient.read())).id, patient);
    assert.equal(await page.evaluate(() => client.state.tokenResponse.need_patient_banner), true);

    await page.goto(url);
    assert.match(await back(page), /launch/, "a handle is used once");
  });

  await story("a patient opens her own record, sees the app on her page and takes its access back", async () => {
    const page = await open(390);
    await page.goto(`${appUrl}/launch.html`);
    await signIn(page, "ana");
    await page.getByText("your record").waitFor();
    await look(page, "consent-patient");
    await allow(page);
    assert.equal(await back(page), "");
    assert.equal((await page.evaluate(() => client.patient.read())).name[0].family, "Rivera");
    const account = await page.context().newPage();
    await account.goto(`${server}/account`);
    await look(account, "account");
    const mine = account.getByRole("listitem").filter({ hasText: "Home exercises" });
    await mine.getByRole("button", { name: "Take access back" }).first().click();
    await account.getByText("No app has access").waitFor();
    await look(account, "account-without-apps");
    assert.match(await page.evaluate(() => client.patient.read().then(() => "still read", String)), /401|expired|refresh|invalid_grant/i);
  });

  await story("who allows nothing, or has no patient, is sent back to the app with the reason", async () => {
    const page = await open();
    await page.goto(`${appUrl}/launch.html`);
    await signIn(page, "ana");
    await page.getByRole("button", { name: "Allow nothing" }).click();
    assert.match(await back(page), /nothing was granted/);

    const officer = await open();
    await officer.goto(`${appUrl}/launch.html`);
    await signIn(officer, "olive");
    assert.match(await back(officer), /there is no patient/);
  });

  await story("somebody new changes her password, sets a second step up and signs in with it", async () => {
    const login = `vera-${run}`;
    const subject = `Practitioner/${npi}|9999901066`;
    const organization = "https://tenderpoint.org/demo/organization|north-massage-clinic";
    const { password } = await send("POST", "/admin/people", admin, { login, name: "Vera Lind", role: "CLINIC", subject, organization });
    const page = await open();
    await page.goto(`${appUrl}/launch.html`);
    await signIn(page, login, password);
    await page.getByRole("heading", { name: "Change the password" }).waitFor();
    await look(page, "password");
    await page.getByLabel("Password until now").fill(password);
    await page.getByLabel("New password").fill("three quiet herons");
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByRole("heading", { name: "Which patient?" }).waitFor();
    await page.goto(`${server}/account`);
    await page.getByRole("link", { name: /second step/ }).click();
    await look(page, "second-step");
    const key = await page.locator("code").innerText();
    await page.getByLabel("Password").fill("three quiet herons");
    await page.getByLabel("Code").fill(code(key, -1));
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("heading", { name: "The second step is set up" }).waitFor();
    await look(page, "second-step-set-up");
    await page.getByRole("link", { name: "Back to your page" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "You are signed out" }).waitFor();
    await look(page, "signed-out");

    await page.goto(`${appUrl}/launch.html`);
    await signIn(page, login, "three quiet herons");
    await page.getByRole("heading", { name: "One more step" }).waitFor();
    await look(page, "code");
    await page.getByLabel("Code").fill(code(key));
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("radio").first().check();
    await page.getByRole("button", { name: "Continue" }).click();
    await allow(page);
    assert.equal(await back(page), "");
    assert.deepEqual(await page.evaluate(() => client.getIdToken().amr), ["pwd", "otp", "mfa"]);
    await send("DELETE", `/admin/people/${login}`, admin);
  });

  await story("somebody adds a passkey, signs in with it alone, and takes it away", async () => {
    const login = `paula-${run}`;
    const { password } = await send("POST", "/admin/people", admin, { login, name: "Paula Ek", role: "PRIVACY_OFFICER" });
    const page = await open();
    const device = await page.context().newCDPSession(page);
    await device.send("WebAuthn.enable");
    const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${server}/sign-in`);
    await signIn(page, login, password);
    await page.goto(`${server}/account/passkeys`);
    await page.getByRole("heading", { name: "Change the password" }).waitFor();
    await page.getByLabel("Password until now").fill(password);
    await page.getByLabel("New password").fill("three quiet herons");
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByRole("link", { name: "Passkeys" }).click();
    await look(page, "passkeys-none");

    const add = async (name, words) => {
      await page.getByLabel("What to call it").fill(name);
      await page.getByLabel("Password").fill(words);
      await page.getByRole("button", { name: "Add a passkey" }).click();
    };
    await add("Paula's telephone", "not her password");
    await page.getByRole("alert").getByText("It was not added").waitFor();
    assert.equal(await page.getByRole("button", { name: "Remove" }).count(), 0);
    await device.send("WebAuthn.clearCredentials", { authenticatorId });
    const made = page.waitForRequest((request) => request.method() === "POST");
    await add("Paula's telephone", "three quiet herons");
    await page.getByRole("button", { name: "Remove Paula's telephone" }).waitFor();
    await look(page, "passkeys");
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const sendForm = (path, body, origin = server) =>
      fetch(server + path, {
        method: "POST",
        redirect: "manual",
        headers: { Origin: origin, Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" },
        body,
      });
    assert.equal((await sendForm("/account/passkeys", (await made).postData())).status, 400, "a registration counts once");

    await page.goto(`${server}/account`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.goto(`${server}/sign-in`);
    const byPasskey = page.getByRole("button", { name: "Sign in with a passkey" });
    await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await byPasskey.click();
    await page.getByRole("alert").getByText("The device did not give a passkey").waitFor();
    await look(page, "passkey-not-given");
    await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
    const used = page.waitForRequest((request) => request.method() === "POST");
    await byPasskey.click();
    await page.getByText("You are signed in as Paula Ek").waitFor();
    const assertion = (await used).postData();
    assert.equal((await sendForm("/sign-in/passkey", assertion)).status, 401, "an assertion counts once");

    // A page of another origin on the same host can ask the device, which says in what it signs who has asked.
    const challenge = async () => /data-passkey="get"[^>]* data-challenge="([^"]*)"/.exec(await (await fetch(`${server}/sign-in`)).text())[1];
    const signed = async (fresh, change = {}) => {
      const given = await page.evaluate(async (text) => {
        const given = await navigator.credentials.get({
          publicKey: { rpId: "localhost", challenge: new TextEncoder().encode(text), userVerification: "required" },
        });
        const coded = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
        const { id, type, response } = given;
        const parts = ["clientDataJSON", "authenticatorData", "signature", "userHandle"].map((part) => [part, coded(response[part])]);
        return { id, rawId: id, type, response: Object.fromEntries(parts), clientExtensionResults: {} };
      }, fresh);
      Object.assign(given.response, change);
      return new URLSearchParams({ request: "", credential: JSON.stringify(given) }).toString();
    };
    const fromHere = await signed(await challenge());
    assert.equal((await sendForm("/sign-in/passkey", fromHere, appUrl)).status, 403, "a form of another origin");
    assert.equal((await sendForm("/sign-in/passkey", fromHere)).status, 303);
    assert.equal((await sendForm("/sign-in/passkey", await signed("a challenge of nobody's"))).status, 401);
    const handle = Buffer.from("somebody else").toString("base64url");
    assert.equal((await sendForm("/sign-in/passkey", await signed(await challenge(), { userHandle: handle }))).status, 401);
    const wrong = Buffer.from("no signature").toString("base64url");
    assert.equal((await sendForm("/sign-in/passkey", await signed(await challenge(), { signature: wrong }))).status, 401);
    await page.goto(appUrl);
    assert.equal((await sendForm("/sign-in/passkey", await signed(await challenge()))).status, 401, "asked for by a foreign page");
    for (const junk of ["", "{}", "[]", "null", "not json", '{"id":"YQ","rawId":"YQ","type":"public-key","response":{}}', "x".repeat(30_000)]) {
      const body = new URLSearchParams({ credential: junk });
      assert.equal((await sendForm("/sign-in/passkey", body)).status, 401, junk.slice(0, 30));
    }

    await page.goto(`${appUrl}/launch.html`);
    assert.match(await back(page), /there is no patient/);
    await page.goto(`${server}/account/passkeys`);
    await page.getByText("last used on").waitFor();
    await page.getByRole("button", { name: "Remove Paula's telephone" }).click();
    await page.getByText("You have none yet").waitFor();
    await page.goto(`${server}/sign-in`);
    await byPasskey.click();
    await page.getByRole("alert").getByText("This passkey is not known here").waitFor();
    await look(page, "passkey-refused");
    await send("DELETE", `/admin/people/${login}`, admin);
  });

  await story("a patient sees who has seen her record", async () => {
    const patient = await firstId("Patient?family=Rivera&_elements=id");
    await send("GET", `/fhir/Condition?patient=${patient}`, clinic);
    const page = await open(390);
    await page.goto(`${server}/sign-in`);
    await signIn(page, "ana");
    await page.getByRole("link", { name: "Who has seen my record" }).click();
    await page.getByRole("cell", { name: "search Condition" }).first().waitFor();
    await page.getByRole("cell", { name: "North Massage Clinic" }).first().waitFor();
    assert.equal(await page.getByRole("columnheader", { name: "Whose" }).count(), 0);
    await look(page, "seen");
    await page.reload();
    await page.getByRole("row").filter({ hasText: "$access-report" }).filter({ hasText: "by /account" }).first().waitFor();
    await page.getByLabel("To").fill("2001-01-01");
    await page.getByRole("button", { name: "Look" }).click();
    await page.getByText("Nothing was found.").waitFor();
    await page.goto(`${server}/account/seen?from=no-date`);
    await page.getByText("From and To are dates").waitFor();
    await look(page, "seen-refused");
    await page.goto(`${server}/account/audit`);
    await page.getByRole("heading", { name: "This page is not for you" }).waitFor();
    await look(page, "not-for-you");
  });

  await story("a privacy officer looks through the audit, takes it along as a table, and reviews an emergency", async () => {
    const patient = await firstId("Patient?family=Rivera&_elements=id");
    const stranger = await token("demo-other-clinic");
    const reason = `found unconscious, =SUM(1) ${run}`;
    const parameter = [{ name: "reason", valueString: reason }];
    await send("POST", `/fhir/Patient/${patient}/$break-glass`, stranger, { resourceType: "Parameters", parameter });
    await send("GET", `/fhir/Patient/${patient}`, stranger);
    const page = await open();
    await page.goto(`${server}/sign-in`);
    await signIn(page, "olive");
    await page.getByRole("link", { name: "The audit" }).click();
    await look(page, "audit");
    await page.getByLabel("Patient").fill("not an id");
    await page.getByRole("button", { name: "Look" }).click();
    await page.getByText("Parameter patient is a reference").waitFor();
    await page.goto(`${server}/account/audit`);
    await page.getByLabel("Patient").fill(patient);
    await page.getByLabel("Client").fill("demo-other-clinic");
    await page.getByLabel("From").fill(new Date(Date.now() - 864e5).toISOString().slice(0, 10));
    await page.getByRole("button", { name: "Look" }).click();
    await page.getByRole("row").filter({ hasText: reason }).waitFor();
    await look(page, "audit-of-one");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /CSV/ }).click()]);
    const table = await readFile(await file.path(), "utf8");
    assert.match(table, /^"recorded","client",/);
    assert.ok(table.split("\r\n").some((line) => line.includes("$break-glass") && line.includes(patient) && line.includes(reason)));
    await page.getByRole("button", { name: "Patients reached" }).click();
    await page.getByRole("cell", { name: patient }).waitFor();
    await look(page, "reached");
    await page.goto(`${server}/account`);
    await look(page, "account-officer");
    await page.getByRole("link", { name: "Records opened in emergencies" }).click();
    const one = page.getByRole("listitem").filter({ hasText: reason });
    await one.waitFor();
    await look(page, "emergencies");
    await one.getByRole("button", { name: "I have looked at it" }).click();
    await one.getByText("Reviewed").waitFor();
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const bare = { method: "POST", headers: { Origin: server, Cookie: cookie }, body: new URLSearchParams({ case: "x" }) };
    assert.equal((await fetch(`${server}/account/emergencies`, bare)).status, 403, "a form without its token");
    await page.goto(`${server}/account/clients`);
    await page.getByRole("heading", { name: "This page is not for you" }).waitFor();
  });

  await story("an administrator registers a system on a page and revokes it", async () => {
    const id = `system-${run}`;
    const page = await open();
    await page.goto(`${server}/sign-in`);
    await signIn(page, "adam");
    await page.getByRole("link", { name: "Systems and apps" }).click();
    await page.getByLabel("Id").fill(id);
    await page.getByLabel("Name").fill("<b>Lab</b>");
    await page.getByLabel("How it says who it is").selectOption("client_secret_basic");
    await page.getByLabel("Scopes").fill("system/*.rs");
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByRole("alert").waitFor();
    await look(page, "clients");
    assert.equal(await page.getByLabel("Id").inputValue(), id, "what was typed stays");
    await page.getByLabel("Role of a system").selectOption("INSURER");
    await page.getByLabel("Organization of a system").fill("https://tenderpoint.org/demo/organization|evergreen-mutual");
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByRole("heading", { name: "It is registered" }).waitFor();
    await look(page, "registered");
    const secret = await page.locator("code").innerText();
    const ask = () =>
      fetch(`${server}/oauth2/token`, {
        method: "POST",
        headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
        body: new URLSearchParams({ grant_type: "client_credentials" }),
      });
    assert.equal((await ask()).status, 200);
    await page.getByRole("link", { name: "Systems and apps" }).click();
    assert.equal(await page.getByText(secret).count(), 0);
    await page.getByRole("button", { name: `Revoke ${id}` }).click();
    await page.getByRole("button", { name: `Revoke ${id}` }).waitFor({ state: "detached" });
    assert.equal((await ask()).status, 401);
    await page.getByRole("button", { name: "Revoke demo-ehr" }).click();
    await page.getByRole("alert").waitFor();
    await page.goto(`${server}/account/audit`);
    await page.getByRole("heading", { name: "This page is not for you" }).waitFor();
  });

  await story("an administrator approves where a system wants to be notified, and refuses another place", async () => {
    const ehr = await token("demo-ehr");
    const own = (
      await send("GET", "/fhir/Organization?identifier=https://tenderpoint.org/demo/organization|north-family-medicine", ehr)
    ).entry[0].resource.id;
    const register = (path) =>
      send("POST", "/fhir/Endpoint", ehr, {
        resourceType: "Endpoint",
        status: "test",
        name: "<b>Notifications</b>",
        connectionType: {
          system: "http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
          code: "hl7-fhir-rest",
        },
        managingOrganization: { reference: `Organization/${own}` },
        payloadType: [{ text: "Notifications" }],
        address: `https://93.184.215.14/${path}`,
      });
    const good = await register(`good-${run}`);
    const other = await register(`other-${run}`);
    const page = await open();
    await page.goto(`${server}/sign-in`);
    await signIn(page, "adam");
    await page.getByRole("link", { name: "Endpoints that wait" }).click();
    await look(page, "endpoints");
    const press = async (button) => {
      await page.getByRole("button", { name: button }).click();
      await page.getByRole("button", { name: button }).waitFor({ state: "detached" });
    };
    await press(`Approve ${good.address}`);
    await press(`Refuse ${other.address}`);
    assert.equal((await send("GET", `/fhir/Endpoint/${good.id}`, ehr)).status, "active");
    assert.equal((await send("GET", `/fhir/Endpoint/${other.id}`, ehr)).status, "off");
  });

  await story("an administrator opens an account, locks it, joins it to a provider and ends it", async () => {
    const login = `pia-${run}`;
    const page = await open();
    await page.goto(`${server}/sign-in`);
    await signIn(page, "adam");
    await page.getByRole("link", { name: "People" }).click();
    await page.getByLabel("Login").fill(login);
    await page.getByLabel("Name").fill("<b>Pia</b> Private");
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByRole("alert").waitFor();
    await look(page, "people");
    await page.getByLabel("Role").selectOption("PRIVACY_OFFICER");
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByRole("heading", { name: "The account is open" }).waitFor();
    await look(page, "account-open");
    const first = await page.locator("code").innerText();
    const enter = async (password) => {
      const hers = await open();
      await hers.goto(`${server}/sign-in`);
      await signIn(hers, login, password);
      return hers;
    };
    const pia = await enter(first);
    await pia.getByRole("heading", { name: "Your page" }).waitFor();
    await page.getByRole("link", { name: "Her account" }).click();
    await look(page, "person");
    await page.getByRole("button", { name: "Lock", exact: true }).click();
    await page.getByText(`${login}, PRIVACY_OFFICER, locked`).waitFor();
    await pia.goto(`${server}/account`);
    await pia.getByRole("heading", { name: "Sign in" }).waitFor();
    await (await enter(first)).getByRole("alert").waitFor();
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByText(`${login}, PRIVACY_OFFICER, in use`).waitFor();
    await page.getByRole("button", { name: "Set a new password" }).click();
    const second = await page.locator("code").innerText();
    assert.notEqual(second, first);
    await (await enter(second)).getByRole("heading", { name: "Your page" }).waitFor();
    await page.getByRole("link", { name: "Her account" }).click();
    await page.getByLabel("Issuer").fill("https://login.example.org");
    await page.getByLabel("Subject there").fill(`subject-${run}`);
    await page.getByRole("button", { name: "Let this subject sign in as her" }).click();
    await page.getByText(`subject-${run}`).waitFor();
    await look(page, "person-linked");
    await page.getByRole("button", { name: "Let nobody sign in by a provider" }).click();
    await page.getByText("Nobody signs in as her by another provider.").waitFor();
    await page.goto(`${server}/account/people?login=adam`);
    await page.getByRole("button", { name: "Lock", exact: true }).click();
    await page.getByText("another administrator locks or ends your account").waitFor();
    await page.goto(`${server}/account/people?login=${login}`);
    await page.getByRole("button", { name: "End the account" }).click();
    await page.getByRole("heading", { name: "People" }).waitFor();
    assert.equal(await page.getByText(login).count(), 0);
    await page.goto(`${server}/account/people?login=${login}`);
    await page.getByRole("alert").waitFor();
  });

  await story("whoever comes to a page the wrong way is told what to do", async () => {
    const page = await open();
    await page.goto(`${server}/oauth2/decide?request=made-up`);
    await look(page, "start-again");
    await page.goto(`${server}/oauth2/authorize?client_id=nobody`);
    await look(page, "no-such-app");
  });
} finally {
  await browser.close();
  app.close();
  await send("DELETE", `/admin/clients/browser-${run}`, admin);
}

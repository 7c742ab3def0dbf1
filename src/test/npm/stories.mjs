// Drives a FHIR server with the clients that Node programs use. Prints the name of each story that came true, and stops
// with an error at the first that did not.
import assert from "node:assert/strict";
import FHIR from "fhirclient";
import { Client } from "fhir-kit-client";

const { FHIR_BASE: base, CLIENT_ID: id, CLIENT_SECRET: secret } = process.env;
const system = "https://clinic.example.org/node";
const number = `N-${Date.now()}-${process.pid}`;

async function story(name, tell) {
  await tell();
  console.log(name);
}

const patient = (value) => ({
  resourceType: "Patient",
  active: true,
  identifier: [{ system, value }],
  name: [{ family: "Holm", given: ["Asta"] }],
  birthDate: "1971-05-04",
});

const weight = (subject, day) => ({
  resourceType: "Observation",
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "29463-7" }] },
  subject: { reference: subject },
  effectiveDateTime: `2026-03-${String(day).padStart(2, "0")}`,
  valueQuantity: { value: 60 + day, unit: "kg", system: "http://unitsofmeasure.org", code: "kg" },
});

const entry = (fullUrl, resource) => ({ fullUrl, resource, request: { method: "POST", url: resource.resourceType } });

const kit = new Client({ baseUrl: base });
let token;
let subject;

await story("fhir-kit-client finds the token endpoint", async () => {
  const smart = await kit.smartAuthMetadata();
  const answer = await fetch(smart.tokenUrl, {
    method: "POST",
    headers: {
      Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  assert.equal(answer.status, 200);
  token = (await answer.json()).access_token;
  kit.bearerToken = token;
});

await story("fhir-kit-client reads the capability statement", async () => {
  const statement = await kit.capabilityStatement();
  assert.equal(statement.fhirVersion, "4.0.1");
});

await story("fhir-kit-client creates and reads", async () => {
  const created = await kit.create({ resourceType: "Patient", body: patient(number) });
  assert.equal(created.meta.versionId, "1");
  const read = await kit.read({ resourceType: "Patient", id: created.id });
  assert.deepEqual(read, created);
  subject = `Patient/${created.id}`;
});

await story("fhir-kit-client sends a transaction", async () => {
  const first = "urn:uuid:6a1b7c1e-2f0c-4f0e-9a53-000000000001";
  const answer = await kit.transaction({
    body: {
      resourceType: "Bundle",
      type: "transaction",
      entry: [
        entry(first, patient(`${number}-t`)),
        entry("urn:uuid:6a1b7c1e-2f0c-4f0e-9a53-000000000002", weight(first, 31)),
        ...[1, 2, 3, 4, 5].map((day) => entry(`urn:uuid:6a1b7c1e-2f0c-4f0e-9a53-00000000001${day}`, weight(subject, day))),
      ],
    },
  });
  assert.equal(answer.type, "transaction-response");
  assert.deepEqual([...new Set(answer.entry.map((each) => each.response.status.slice(0, 3)))], ["201"]);
});

await story("fhir-kit-client searches page by page", async () => {
  const days = [];
  let page = await kit.search({
    resourceType: "Observation",
    searchParams: { subject, code: "http://loinc.org|29463-7", _sort: "-date", _count: 2 },
  });
  while (page) {
    days.push((page.entry ?? []).map((each) => each.resource.effectiveDateTime.slice(-1)).join(""));
    page = await kit.nextPage({ bundle: page });
  }
  assert.deepEqual(days, ["54", "32", "1"]);
});

await story("fhir-kit-client updates what it has seen and hears of a conflict", async () => {
  const resource = await kit.read({ resourceType: "Patient", id: subject.slice("Patient/".length) });
  const update = (gender) =>
    kit.update({
      resourceType: "Patient",
      id: resource.id,
      body: { ...resource, gender },
      options: { headers: { "If-Match": `W/"${resource.meta.versionId}"` } },
    });
  assert.equal((await update("female")).meta.versionId, "2");
  await assert.rejects(update("male"), (error) => error.response.status === 412);
  const history = await kit.history({ resourceType: "Patient", id: resource.id });
  assert.equal(history.total, 2);
  const old = await kit.vread({ resourceType: "Patient", id: resource.id, version: "1" });
  assert.equal(old.gender, undefined);
});

const smart = FHIR({ headers: {} }, {}, {}).client({ serverUrl: base, tokenResponse: { access_token: token } });

await story("fhirclient searches through all pages", async () => {
  const found = await smart.request(`Observation?subject=${subject}&_sort=date&_count=2`, { pageLimit: 0, flat: true });
  assert.deepEqual(found.map((each) => each.valueQuantity.value), [61, 62, 63, 64, 65]);
});

await story("fhirclient resolves references", async () => {
  const bundle = await smart.request(`Observation?subject=${subject}&_count=1`);
  const observation = await smart.request(`Observation/${bundle.entry[0].resource.id}`, { resolveReferences: "subject" });
  assert.equal(observation.subject.name[0].family, "Holm");
});

await story("fhirclient creates, updates and hears of a conflict", async () => {
  const created = await smart.create(patient(`${number}-s`));
  const headers = { "If-Match": 'W/"1"' };
  const updated = await smart.update({ ...created, active: false }, { headers });
  assert.equal(updated.meta.versionId, "2");
  await assert.rejects(smart.update({ ...created, active: true }, { headers }), (error) => error.status === 412);
});

await story("fhirclient is told what is wrong", async () => {
  await assert.rejects(smart.request("Observation?no-such-parameter=1"), (error) => error.status === 400);
});

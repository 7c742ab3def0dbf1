// Room: person. The patient, and those who treat and refer.

Profile: TenderpointPatient
Parent: Patient
Id: patient
Title: "Patient"
Description: "A patient as practices and physicians know each other's: by an identifier, a name and a date of birth."
* obeys tp-person-1
* identifier MS
* active MS
* name MS
* telecom MS
* gender MS
* birthDate MS
* address MS
* generalPractitioner MS

Invariant: tp-person-1
Description: "A patient can be told from others: by an identifier, or by a name and a date of birth."
Severity: #error
Expression: "identifier.value.exists() or (name.exists() and birthDate.exists())"

Profile: TenderpointPractitioner
Parent: Practitioner
Id: practitioner
Title: "Practitioner"
Description: "A massage therapist or a physician, with the national number where there is one."
* obeys tp-person-2
* identifier MS
* name 1..* MS
* telecom MS
* qualification MS
  * code MS

Invariant: tp-person-2
Description: "A national provider number has ten digits."
Severity: #error
Expression: "identifier.where(system = 'http://hl7.org/fhir/sid/us-npi').value.all(matches('^[0-9]{10}$'))"

// Examples

Instance: tp-person-1-pass
InstanceOf: TenderpointPatient
Usage: #example
Title: "Patient with a number"
Description: "Enough to tell one from another."
* insert Invented
* identifier.system = "https://example.org/clinic/patients"
* identifier.value = "A-1002"
* name.family = "Sample"

Instance: tp-person-2-pass
InstanceOf: TenderpointPractitioner
Usage: #example
Title: "Therapist with a number"
Description: "The number is no issued one."
* insert Invented
* identifier.system = $npi
* identifier.value = "9999901058"
* name.family = "Hands"
* qualification.code = $nucc#225700000X "Massage Therapist"

// The invented people and the practice that the examples of every room refer to.

RuleSet: Invented
* meta.tag = http://terminology.hl7.org/CodeSystem/v3-ActReason#HTEST

Instance: ana
InstanceOf: Patient
Usage: #example
Title: "Ana, invented patient"
Description: "A person with fibromyalgia who was referred for massage. She is invented, like everyone in the examples."
* insert Invented
* identifier.system = "https://example.org/clinic/patients"
* identifier.value = "A-1001"
* name.family = "Sample"
* name.given = "Ana"
* gender = #female
* birthDate = "1980-03-14"

Instance: ana-fibromyalgia
InstanceOf: Condition
Usage: #example
Title: "Ana's fibromyalgia"
Description: "The referring physician's diagnosis; the massage therapist does not diagnose."
* insert Invented
* clinicalStatus = $condition-clinical#active
* verificationStatus = $condition-ver-status#confirmed
* code.coding[0] = $icd10cm#M79.7 "Fibromyalgia"
* code.coding[1] = $sct#203082005 "Fibromyalgia"
* subject = Reference(ana)

Instance: family-physician
InstanceOf: Practitioner
Usage: #example
Title: "Referring physician"
Description: "An invented family physician."
* insert Invented
* identifier.system = $npi
* identifier.value = "1234567893"
* name.family = "Referrer"
* name.given = "Robin"

Instance: massage-therapist
InstanceOf: Practitioner
Usage: #example
Title: "Massage therapist"
Description: "An invented massage therapist."
* insert Invented
* name.family = "Hands"
* name.given = "Toni"
* qualification.code = $nucc#225700000X "Massage Therapist"

Instance: massage-practice
InstanceOf: Organization
Usage: #example
Title: "Massage practice"
Description: "An invented practice."
* insert Invented
* identifier.system = "https://example.org/practices"
* identifier.value = "P-1"
* name = "Example Massage Practice"

Instance: family-clinic
InstanceOf: Organization
Usage: #example
Title: "Referring clinic"
Description: "The invented clinic that issues the referral numbers."
* insert Invented
* identifier.system = "https://example.org/practices"
* identifier.value = "C-1"
* name = "Example Family Clinic"

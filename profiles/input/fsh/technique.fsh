// Room: technique. What was done, where, and for how many minutes.

Profile: TenderpointTechnique
Parent: Procedure
Id: technique
Title: "Massage Technique"
Description: "One technique in one visit. The SNOMED CT code says massage to everyone, the local code says which kind, and a CPT code may be added for billing."
* obeys tp-technique-1 and tp-technique-3
* extension contains TechniqueMinutes named minutes 0..1 MS
* extension contains PressureLevel named pressure 0..1 MS
* extension contains TreatmentPosition named position 0..1 MS
* extension contains OneOnOne named oneOnOne 0..1 MS
* extension contains BillingModifier named modifier 0..* MS
* basedOn MS
* status MS
* code 1..1 MS
  * coding
    * ^slicing.discriminator.type = #pattern
    * ^slicing.discriminator.path = "$this"
    * ^slicing.rules = #open
* code.coding contains massage 1..1 MS and technique 1..1 MS and cpt 0..* MS
* code.coding[massage] = $sct#387854002
* code.coding[technique]
  * ^patternCoding.system = "https://tenderpoint.org/fhir/CodeSystem/massage"
  * code 1..1
* code.coding[technique] from MassageTechniques (required)
* code.coding[cpt]
  * ^patternCoding.system = "http://www.ama-assn.org/go/cpt"
  * ^short = "Billing code, without the descriptor, which is licensed"
  * code 1..1
* subject only Reference(Patient)
* subject MS
* encounter MS
* performed[x] 1..1 MS
* performed[x] only dateTime or Period
* performer MS
  * actor MS
* reasonReference MS
* bodySite MS
  * extension contains Side named side 0..1 MS
* note MS

Extension: TechniqueMinutes
Id: technique-minutes
Title: "Technique Minutes"
Description: "Hands-on minutes of one technique in one visit."
Context: Procedure
* value[x] only Quantity
* value[x] 1..1
* valueQuantity obeys tp-technique-2
* valueQuantity
  * value 1..1
  * comparator 0..0
  * system 1..1
  * system = $ucum
  * code 1..1
  * code = #min

Extension: PressureLevel
Id: pressure-level
Title: "Pressure Level"
Description: "How deep a technique went, from 1, resting touch, to 5, the deepest that the patient bears."
Context: Procedure
* value[x] only integer
* value[x] 1..1
* valueInteger obeys tp-technique-4

Extension: TreatmentPosition
Id: treatment-position
Title: "Treatment Position"
Description: "How the patient lay or sat for a technique."
Context: Procedure
* value[x] only CodeableConcept
* value[x] 1..1
* valueCodeableConcept from TreatmentPositions (extensible)

Extension: OneOnOne
Id: one-on-one
Title: "One on One"
Description: "Whether the therapist was with this patient alone for all minutes of the technique."
Context: Procedure
* value[x] only boolean
* value[x] 1..1

Extension: BillingModifier
Id: billing-modifier
Title: "Billing Modifier"
Description: "A modifier that goes with the billing code, such as 59 or GP."
Context: Procedure
* value[x] only code
* value[x] 1..1
* valueCode obeys tp-technique-5

ValueSet: TreatmentPositions
Id: treatment-position
Title: "Treatment Positions"
Description: "Lying face down, face up or on the side, and sitting."
* ^experimental = false
* insert SnomedNotice
* $sct#1240000
* $sct#40199007
* $sct#32185000
* $sct#33586001

Invariant: tp-technique-4
Description: "A pressure level goes from 1 to 5."
Severity: #error
Expression: "$this >= 1 and $this <= 5"

Invariant: tp-technique-5
Description: "A billing modifier is two digits or capital letters."
Severity: #error
Expression: "$this.matches('^[0-9A-Z][0-9A-Z]$')"

Invariant: tp-technique-1
Description: "A technique that was performed says for how many minutes."
Severity: #error
Expression: "status = 'completed' implies extension('https://tenderpoint.org/fhir/StructureDefinition/technique-minutes').exists()"

Invariant: tp-technique-2
Description: "Minutes are a whole number from 1 to 240."
Severity: #error
Expression: "value >= 1 and value <= 240 and value mod 1 = 0"

Invariant: tp-technique-3
Description: "A technique that touches should name the region; teaching need not."
Severity: #warning
Expression: "bodySite.exists() or status = 'not-done' or code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and (code = 'posture-education' or code = 'home-exercise-teaching')).exists()"

// Examples

RuleSet: TechniqueExample
* insert Invented
* basedOn = Reference(tp-referral-1-pass)
* status = #completed
* code.coding[massage] = $sct#387854002
* subject = Reference(ana)
* encounter = Reference(tp-encounter-1-pass)
* performer.actor = Reference(massage-therapist)

Instance: tp-technique-1-pass
InstanceOf: TenderpointTechnique
Usage: #example
Title: "Trigger point pressure release"
Description: "Fifteen minutes on the right trapezius."
* insert TechniqueExample
* code.coding[technique] = $massage#trigger-point-therapy
* code.coding[cpt] = $cpt#97140
* performedPeriod.start = "2026-01-20T10:15:00Z"
* performedPeriod.end = "2026-01-20T10:30:00Z"
* extension[minutes].valueQuantity = 15 'min' "min"
* bodySite = $sct#31764008
* bodySite.extension[side].valueCodeableConcept = $sct#24028007 "Right"

Instance: tp-technique-2-pass
InstanceOf: TenderpointTechnique
Usage: #example
Title: "Myofascial release"
Description: "Fifteen minutes on the shoulder region."
* insert TechniqueExample
* code.coding[technique] = $massage#myofascial-release
* code.coding[cpt] = $cpt#97140
* performedDateTime = "2026-01-20T10:30:00Z"
* extension[minutes].valueQuantity = 15 'min' "min"
* bodySite = $sct#16982005

Instance: tp-technique-3-pass
InstanceOf: TenderpointTechnique
Usage: #example
Title: "Teaching of home stretches"
Description: "Eight minutes of teaching, which has no body site."
* insert TechniqueExample
* code.coding[technique] = $massage#home-exercise-teaching
* code.coding[cpt] = $cpt#97110
* performedDateTime = "2026-01-20T10:46:00Z"
* extension[minutes].valueQuantity = 8 'min' "min"

Instance: tp-technique-4-pass
InstanceOf: TenderpointTechnique
Usage: #example
Title: "Petrissage at level 3"
Description: "Ten minutes, lying face down, one on one."
* insert TechniqueExample
* code.coding[technique] = $massage#petrissage
* code.coding[cpt] = $cpt#97124
* performedDateTime = "2026-01-20T10:54:00Z"
* extension[minutes].valueQuantity = 10 'min' "min"
* extension[pressure].valueInteger = 3
* extension[position].valueCodeableConcept = $sct#1240000
* extension[oneOnOne].valueBoolean = true
* bodySite = $sct#16982005

Instance: tp-technique-5-pass
InstanceOf: TenderpointTechnique
Usage: #example
Title: "Billing code with a modifier"
Description: "Manual therapy on another region than the massage of the day."
* insert TechniqueExample
* code.coding[technique] = $massage#myofascial-release
* code.coding[cpt] = $cpt#97140
* performedDateTime = "2026-01-20T11:05:00Z"
* extension[minutes].valueQuantity = 10 'min' "min"
* extension[modifier].valueCode = #59
* bodySite = $sct#16982005

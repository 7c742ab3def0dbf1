// Room: screening. What holding a record against the rules has found.

Profile: TenderpointScreeningOutcome
Parent: Observation
Id: screening-outcome
Title: "Outcome of Screening"
Description: "One of three outcomes; could not be screened is none of the other two."
* obeys tp-screening-1
* status MS
* code = $massage#screening-outcome
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* value[x] MS
* value[x] only CodeableConcept
* valueCodeableConcept from ScreeningOutcomes (required)

Invariant: tp-screening-1
Description: "A screening has an outcome."
Severity: #error
Expression: "value.exists()"

ValueSet: ScreeningOutcomes
Id: screening-outcome
Title: "Outcomes of Screening"
Description: "Three, and the third is not the first."
* ^experimental = false
* MassageCodes#clear
* MassageCodes#restrict-or-stop
* MassageCodes#could-not-screen

Profile: TenderpointContraindication
Parent: DetectedIssue
Id: contraindication
Title: "Contraindication"
Description: "A screening rule that the record meets, with what meets it, and what is therefore left out."
* obeys tp-screening-2
* status MS
* code 1..1 MS
* severity MS
* patient 1..1 MS
* identified[x] MS
* implicated MS
* detail 1..1 MS
* mitigation MS

Invariant: tp-screening-2
Description: "A rule that is met says what in the record meets it; only what could not be screened has nothing to name."
Severity: #error
Expression: "code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'could-not-screen').exists() or implicated.exists()"

Profile: TenderpointWarningSign
Parent: Flag
Id: warning-sign
Title: "Warning Sign"
Description: "A sign that cannot wait, on the patient until a person has closed it."
* obeys tp-screening-3
* status MS
* category MS
* code MS
* code from WarningSignRules (extensible)
* subject MS
* subject only Reference(Patient)
* period MS

Invariant: tp-screening-3
Description: "A warning sign says since when it stands."
Severity: #error
Expression: "period.start.exists()"

ValueSet: WarningSignRules
Id: warning-sign-rule
Title: "Rules of Warning Signs"
Description: "Ids of the rules."
* ^experimental = false
* MassageCodes#RF-01
* MassageCodes#RF-02
* MassageCodes#RF-03
* MassageCodes#RF-04
* MassageCodes#RF-05
* MassageCodes#RF-06
* MassageCodes#RF-07
* MassageCodes#RF-08
* MassageCodes#RF-09
* MassageCodes#RF-10
* MassageCodes#RF-11
* MassageCodes#RF-12
* MassageCodes#RF-13
* MassageCodes#RF-14
* MassageCodes#RF-15
* MassageCodes#RF-16
* MassageCodes#RF-17
* MassageCodes#RF-18

// Examples

Instance: tp-screening-1-pass
InstanceOf: TenderpointScreeningOutcome
Usage: #example
Title: "Clear"
Description: "Everything was understood, and no rule is met."
* insert Invented
* status = #final
* code = $massage#screening-outcome
* subject = Reference(ana)
* effectiveDateTime = "2026-01-19T12:00:00Z"
* valueCodeableConcept = $massage#clear

Instance: tp-screening-2-pass
InstanceOf: TenderpointContraindication
Usage: #example
Title: "Anticoagulant"
Description: "Light pressure."
* insert Invented
* status = #preliminary
* code.coding[0] = $v3-ActCode#COND
* code.coding[1] = $massage#CI-02
* severity = #moderate
* patient = Reference(ana)
* identifiedDateTime = "2026-01-19T12:00:00Z"
* implicated = Reference(ana-fibromyalgia)
* detail = "Light pressure: no deep friction. Rule CI-02, version 2026.1, draft."
* mitigation.action = $massage#light-pressure

Instance: tp-screening-3-pass
InstanceOf: TenderpointWarningSign
Usage: #example
Title: "New weakness"
Description: "Until somebody has looked at it."
* insert Invented
* status = #active
* category = http://terminology.hl7.org/CodeSystem/flag-category#safety
* code = $massage#RF-02
* subject = Reference(ana)
* period.start = "2026-01-19T12:00:00Z"

// Room: consent. Where hands may be laid, and who may read.

Profile: TenderpointTouchConsent
Parent: Consent
Id: touch-consent
Title: "Touch Consent"
Description: "Which areas a patient agrees to have touched, and which not. It can be taken back at any time."
* obeys tp-consent-1
* status MS
* scope MS
* category MS
* category 1..* MS
* patient 1..1 MS
* dateTime 1..1 MS
* provision MS
  * type MS
  * code MS
    * ^short = "The body sites that the provision is about"

Invariant: tp-consent-1
Description: "A consent to touch names the areas that are permitted or not."
Severity: #error
Expression: "provision.code.exists() or provision.provision.code.exists()"

Profile: TenderpointDisclosureConsent
Parent: Consent
Id: disclosure-consent
Title: "Disclosure Consent"
Description: "Who may see the record, or may not, and for how long."
* obeys tp-consent-2
* status MS
* scope MS
* category MS
* patient 1..1 MS
* dateTime 1..1 MS
* provision 1..1 MS
  * type 1..1 MS
  * period MS
  * actor MS

Invariant: tp-consent-2
Description: "A consent to disclosure names whom it is about."
Severity: #error
Expression: "provision.actor.exists() or provision.provision.actor.exists()"

// Examples

RuleSet: ConsentExample
* insert Invented
* status = #active
* scope = http://terminology.hl7.org/CodeSystem/consentscope#patient-privacy
* patient = Reference(ana)
* dateTime = "2026-01-20T09:55:00Z"
* policyRule = $v3-ActCode#OPTIN

Instance: tp-consent-1-pass
InstanceOf: TenderpointTouchConsent
Usage: #example
Title: "Not the abdomen"
Description: "Neck and shoulders are agreed; the abdomen is not."
* insert ConsentExample
* category = $massage#touch-consent
* provision.type = #permit
* provision.code[0] = $sct#45048000
* provision.code[1] = $sct#16982005
* provision.provision.type = #deny
* provision.provision.code = $massage#abdomen

Instance: tp-consent-2-pass
InstanceOf: TenderpointDisclosureConsent
Usage: #example
Title: "The practice may read"
Description: "For the course of treatment."
* insert ConsentExample
* category = $loinc#59284-0
* provision.type = #permit
* provision.period.start = "2026-01-20"
* provision.actor.role = http://terminology.hl7.org/CodeSystem/v3-ParticipationType#IRCP
* provision.actor.reference = Reference(massage-practice)

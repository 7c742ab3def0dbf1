// Words of the practice that no standard code was found for, and the value sets over them.
// Every code says in its property code-status how far a standard code exists; standard-code names the nearest one.

CodeSystem: MassageCodes
Id: massage
Title: "Massage Codes"
Description: "Techniques, findings, scores, outcomes, restrictions and other words of medical massage. A code stands here because no standard code was found for it, or because the standard code says less; the property code-status tells which."
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* ^hierarchyMeaning = #is-a
* ^valueSet = "https://tenderpoint.org/fhir/ValueSet/massage"
* ^property[0].code = #code-status
* ^property[0].description = "L: no standard code was found. V: the standard code in standard-code was verified in a published source, and is nearest but not equal in use. group: a heading, not to be used as a value."
* ^property[0].type = #string
* ^property[1].code = #standard-code
* ^property[1].description = "The nearest standard code, as system|code."
* ^property[1].type = #string
* ^property[2].code = #notSelectable
* ^property[2].uri = "http://hl7.org/fhir/concept-properties#notSelectable"
* ^property[2].description = "A heading, not to be used as a value."
* ^property[2].type = #boolean

* #technique "Technique" "What the therapist does."
  * insert Heading
  * #effleurage "Effleurage" "Gliding strokes."
    * insert Local
  * #petrissage "Petrissage" "Kneading."
    * insert Local
  * #friction "Friction" "Cross-fibre or circular friction."
    * insert Local
  * #tapotement "Tapotement" "Rhythmic percussion."
    * insert Local
  * #vibration "Vibration" "Manual vibration."
    * insert Local
  * #trigger-point-therapy "Trigger point pressure release" "Sustained pressure on a trigger point."
    * insert Local
  * #myofascial-release "Myofascial release" "Direct or indirect myofascial release."
    * insert Local
  * #neuromuscular-therapy "Neuromuscular therapy" "Neuromuscular therapy of soft tissue."
    * insert Local
  * #muscle-energy "Muscle energy technique" "Muscle energy technique or post-isometric relaxation."
    * insert Local
  * #passive-stretch "Passive stretching" "Stretching by the therapist; the SNOMED CT code names only the action."
  * #manual-lymph-drainage "Manual lymphatic drainage" "Manual drainage of lymph."
    * insert Local
  * #gentle-pressure "Light-pressure holding" "Gentle or static touch with light pressure."
    * insert Local
  * #scar-massage "Scar tissue massage" "Massage of a scar."
    * insert Local
  * #joint-mobilisation "Joint mobilisation without thrust" "Mobilisation of soft tissue or a joint, without thrust; local practice law may forbid it."
    * insert Local
  * #iastm "Instrument-assisted soft tissue mobilisation" "Soft tissue work with tools or cups."
    * insert Local
  * #heat "Superficial heat" "Application of superficial heat."
    * insert Local
  * #cold "Cold application" "Application of cold."
  * #posture-education "Posture and ergonomics education" "Advice on posture and ergonomics."
    * insert Local
  * #home-exercise-teaching "Teaching of home exercises" "Teaching of exercises to do at home."
* #finding "Finding" "What the therapist sees, feels or measures."
  * insert Heading
  * #trigger-point "Trigger point" "A myofascial trigger point found by palpation."
    * insert Local
  * #posture-finding "Posture finding" "A deviation of posture."
    * insert Local
  * #muscle-guarding "Muscle guarding" "Protective tension of a muscle."
    * insert Local
  * #scar-mobility "Scar mobility" "How freely a scar moves."
    * insert Local
  * #breathing-pattern "Breathing pattern" "The pattern of breathing at rest."
    * insert Local
  * #skin-colour-temp "Skin colour and temperature" "Colour and temperature of the skin."
    * insert Local
  * #limb-girth "Limb girth" "Circumference of a limb at a stated level, in centimetres."
    * insert Local
  * #ppt "Pressure pain threshold" "Pressure at which pressure becomes pain, in kilopascals."
    * insert Local
  * #dermatome-sensation "Light touch by dermatome" "Sensation of light touch in a dermatome."
    * insert Local
* #range-of-motion "Range of motion" "Ranges of motion for which no LOINC code was found."
  * insert Heading
  * #rom-cervical-flexion "Cervical spine flexion" "Range of motion of the cervical spine: flexion, in degrees."
    * insert Local
  * #rom-cervical-extension "Cervical spine extension" "Range of motion of the cervical spine: extension, in degrees."
    * insert Local
  * #rom-cervical-lateral-flexion "Cervical spine lateral flexion" "Range of motion of the cervical spine: lateral flexion, in degrees."
    * insert Local
  * #rom-cervical-rotation "Cervical spine rotation" "Range of motion of the cervical spine: rotation, in degrees."
    * insert Local
  * #rom-lumbar-flexion "Lumbar spine flexion" "Range of motion of the lumbar spine: flexion, in degrees."
    * insert Local
  * #rom-lumbar-extension "Lumbar spine extension" "Range of motion of the lumbar spine: extension, in degrees."
    * insert Local
  * #rom-lumbar-lateral-flexion "Lumbar spine lateral flexion" "Range of motion of the lumbar spine: lateral flexion, in degrees."
    * insert Local
  * #rom-lumbar-rotation "Lumbar spine rotation" "Range of motion of the lumbar spine: rotation, in degrees."
    * insert Local
  * #rom-hip-flexion "Hip flexion" "Range of motion of the hip: flexion, in degrees."
    * insert Local
  * #rom-hip-extension "Hip extension" "Range of motion of the hip: extension, in degrees."
    * insert Local
  * #rom-hip-abduction "Hip abduction" "Range of motion of the hip: abduction, in degrees."
    * insert Local
  * #rom-hip-adduction "Hip adduction" "Range of motion of the hip: adduction, in degrees."
    * insert Local
  * #rom-hip-internal-rotation "Hip internal rotation" "Range of motion of the hip: internal rotation, in degrees."
    * insert Local
  * #rom-hip-external-rotation "Hip external rotation" "Range of motion of the hip: external rotation, in degrees."
    * insert Local
  * #rom-elbow-flexion "Elbow flexion" "Range of motion of the elbow: flexion, in degrees."
    * insert Local
  * #rom-elbow-extension "Elbow extension" "Range of motion of the elbow: extension, in degrees."
    * insert Local
  * #rom-wrist-flexion "Wrist flexion" "Range of motion of the wrist: flexion, in degrees."
    * insert Local
  * #rom-wrist-extension "Wrist extension" "Range of motion of the wrist: extension, in degrees."
    * insert Local
  * #rom-ankle-dorsiflexion "Ankle dorsiflexion" "Range of motion of the ankle: dorsiflexion, in degrees."
    * insert Local
  * #rom-ankle-plantar-flexion "Ankle plantar flexion" "Range of motion of the ankle: plantar flexion, in degrees."
    * insert Local
* #score "Score" "Scores of instruments for which no standard code was found. Only scores are stored; the items belong to their owners."
  * insert Heading
  * #quickdash "QuickDASH" "Score 0 to 100."
    * insert Local
  * #lefs "Lower Extremity Functional Scale" "Score 0 to 80."
    * insert Local
  * #psfs "Patient-Specific Functional Scale" "Score 0 to 10."
    * insert Local
  * #fiqr "Revised Fibromyalgia Impact Questionnaire" "Score 0 to 100."
    * insert Local
  * #rmdq "Roland-Morris Disability Questionnaire" "Score 0 to 24."
    * insert Local
  * #pgic "Patient Global Impression of Change" "From 1, very much improved, to 7, very much worse."
    * insert Local
  * #hit-6 "Headache Impact Test-6" "Total 36 to 78."
    * insert Local
  * #midas "Migraine Disability Assessment" "Total 0 to 270."
    * insert Local
  * #dn4 "Douleur neuropathique 4" "Score 0 to 10."
    * insert Local
  * #paindetect "painDETECT" "Score -1 to 38."
    * insert Local
  * #s-lanss "Self-report LANSS" "Score 0 to 24."
    * insert Local
  * #pss-10 "Perceived Stress Scale" "Total 0 to 40."
    * insert Local
  * #psqi "Pittsburgh Sleep Quality Index" "Global score 0 to 21."
    * insert Local
  * #gad-2 "GAD-2" "Total 0 to 6."
    * insert Local
  * #phq-4 "PHQ-4" "Total 0 to 12."
    * insert Local
  * #bpi-severity "Brief Pain Inventory severity" "Mean of the four severity items, 0 to 10."
    * insert Local
* #outcome "Outcome" "What changed for the patient."
  * insert Heading
  * #relief-duration "Duration of relief" "How long relief lasted after a visit, in hours."
    * insert Local
  * #relief-degree "Degree of relief" "Relief after a visit, 0 to 100 per cent."
    * insert Local
  * #headache-days-28d "Headache days in 28 days" "Days with headache in the last 28 days."
    * insert Local
  * #migraine-days-28d "Migraine days in 28 days" "Days with migraine in the last 28 days."
    * insert Local
  * #acute-med-days-28d "Acute medication days in 28 days" "Days with acute headache medication in the last 28 days."
    * insert Local
  * #low-pain-days "Days with little pain" "Days with pain of 3 or less in the last 7."
    * insert Local
  * #analgesic-use-change "Change of analgesic use" "Decreased, unchanged, increased or stopped."
    * insert Local
  * #hep-adherence "Adherence to the home programme" "Home sessions done of those prescribed, in per cent."
    * insert Local
  * #sitting-tolerance "Sitting tolerance" "How long the patient can sit, in minutes."
    * insert Local
  * #standing-tolerance "Standing tolerance" "How long the patient can stand, in minutes."
    * insert Local
  * #walking-tolerance "Walking tolerance" "How long the patient can walk, in minutes."
    * insert Local
  * #work-status "Work status" "What the patient can do at work."
    * insert Local
  * #relaxation "Relaxation" "Self-rated relaxation, 0 to 10."
    * insert Local
  * #pain-chronicity "Chronicity of pain" "Acute, subacute or chronic."
    * insert Local
  * #outcome-expectation "Expected pain reduction" "What the patient expects, 0 to 10."
    * insert Local
* #pain-quality "Pain quality" "Qualities of pain for which no trustworthy standard code was found."
  * insert Heading
  * #shooting "Shooting" "Shooting pain."
    * insert Local
  * #cramping "Cramping" "Cramping or crushing pain."
    * insert Local
* #response "Response to a visit" "What the patient noticed after a visit."
  * insert Heading
  * #post-session-soreness "Soreness after treatment" "Soreness that begins within 48 hours of a treatment."
  * #pain-flare "Pain flare" "A flare of the usual pain for more than 48 hours."
    * insert Local
  * #emotional-response "Emotional response" "Emotional release during a treatment."
    * insert Local
* #visit-kind "Visit kind" "What a visit is for."
  * insert Heading
  * #initial-assessment "Initial assessment" "First visit with assessment."
    * insert Local
  * #treatment "Treatment" "A treatment visit."
    * insert Local
  * #visit-reassessment "Reassessment" "A visit in which the plan is reviewed."
    * insert Local
  * #visit-discharge "Discharge" "The last visit of an episode."
    * insert Local
  * #no-show "No-show" "The patient did not come."
    * insert Local
* #component "Component" "Parts of an observation."
  * insert Heading
  * #movement "Movement" "The movement that was measured."
    * insert Local
  * #side "Side" "Right, left, both or the midline."
    * insert Local
  * #active-passive "Active or passive" "Whether the patient or the examiner moved the joint."
    * insert Local
  * #starting-position "Starting position" "The position in which was measured."
    * insert Local
  * #state "Trigger point state" "Active or latent."
    * insert Local
  * #referral-zone "Referral zone" "Where a trigger point sends pain."
    * insert Local
  * #reproduces-familiar-pain "Reproduces familiar pain" "Whether pressure brings back the pain that the patient knows."
    * insert Local
  * #twitch-response "Local twitch response" "Whether the muscle twitched."
    * insert Local
  * #taut-band "Taut band" "Whether a taut band was felt."
    * insert Local
  * #degree "Degree" "How marked a finding is."
    * insert Local
  * #dermatome "Dermatome" "The strip of skin of one spinal nerve."
    * insert Local
  * #pitting "Pitting" "Whether pressing leaves a pit."
    * insert Local
* #qualifier "Qualifier" "Values of components."
  * insert Heading
  * #active "Active" "The patient moved the joint."
    * insert Local
  * #passive "Passive" "The examiner moved the joint."
    * insert Local
  * #assisted "Assisted" "The examiner helped the patient to move the joint."
    * insert Local
  * #active-trigger-point "Active trigger point" "Hurts by itself or reproduces pain that the patient knows."
    * insert Local
  * #latent-trigger-point "Latent trigger point" "Hurts only under pressure."
    * insert Local
  * #midline "Midline" "Neither side: a movement or site in the midline."
    * insert Local
  * #lateral-flexion "Lateral flexion" "Bending to the side."
    * insert Local
  * #rotation "Rotation" "Turning to the side."
    * insert Local
  * #dorsiflexion "Dorsiflexion" "Bending the foot up."
    * insert Local
  * #plantar-flexion "Plantar flexion" "Bending the foot down."
    * insert Local
  * #degree-mild "Mild degree" "A mild degree of a finding."
    * insert Local
  * #degree-moderate "Moderate degree" "A moderate degree of a finding."
    * insert Local
  * #degree-marked "Marked degree" "A marked degree of a finding."
    * insert Local
  * #tone-decreased "Decreased tone" "Less tone than usual."
    * insert Local
  * #tone-normal "Normal tone" "Usual tone."
    * insert Local
  * #tone-increased-mild "Mildly increased tone" "A little more tone than usual."
    * insert Local
  * #tone-increased-moderate "Moderately increased tone" "More tone than usual."
    * insert Local
  * #tone-increased-marked "Markedly increased tone" "Much more tone than usual."
    * insert Local
  * #sensation-normal "Normal sensation" "Light touch is felt as usual."
    * insert Local
  * #sensation-reduced "Reduced sensation" "Light touch is felt less."
    * insert Local
  * #sensation-absent "Absent sensation" "Light touch is not felt."
    * insert Local
  * #sensation-increased "Increased sensation" "Light touch is felt more, or hurts."
    * insert Local
  * #skin-normal "Usual skin" "Usual colour and temperature."
    * insert Local
  * #skin-pale "Pale skin" "Paler than usual."
    * insert Local
  * #skin-red "Red skin" "Redder than usual."
    * insert Local
  * #skin-blue "Blue skin" "Bluish."
    * insert Local
  * #skin-warm "Warm skin" "Warmer than usual."
    * insert Local
  * #skin-cold "Cold skin" "Colder than usual."
    * insert Local
  * #forward-head "Forward head" "A deviation of posture."
    * insert Local
  * #rounded-shoulders "Rounded shoulders" "A deviation of posture."
    * insert Local
  * #elevated-shoulder "Elevated shoulder" "A deviation of posture."
    * insert Local
  * #thoracic-kyphosis-increased "Thoracic kyphosis increased" "A deviation of posture."
    * insert Local
  * #lumbar-lordosis-increased "Lumbar lordosis increased" "A deviation of posture."
    * insert Local
  * #lumbar-lordosis-decreased "Lumbar lordosis decreased" "A deviation of posture."
    * insert Local
  * #pelvic-tilt-anterior "Pelvic tilt anterior" "A deviation of posture."
    * insert Local
  * #pelvic-tilt-posterior "Pelvic tilt posterior" "A deviation of posture."
    * insert Local
  * #pelvic-tilt-lateral "Pelvic tilt lateral" "A deviation of posture."
    * insert Local
  * #scoliosis "Scoliosis" "A deviation of posture."
    * insert Local
  * #leg-length-difference "Leg length difference" "A deviation of posture."
    * insert Local
  * #knee-valgus "Knee valgus" "A deviation of posture."
    * insert Local
  * #knee-varus "Knee varus" "A deviation of posture."
    * insert Local
  * #foot-pronated "Foot pronated" "A deviation of posture."
    * insert Local
  * #foot-supinated "Foot supinated" "A deviation of posture."
    * insert Local
  * #full-duty "Full duty" "Works without limits."
    * insert Local
  * #light-duty "Light duty" "Works with limits."
    * insert Local
  * #off-work "Off work" "Does not work because of the condition."
    * insert Local
* #answer "Answer" "Answers to questions for which no standard code was found."
  * insert Heading
  * #pgic-1 "Very much improved" "An answer about the change on the whole."
    * insert Local
  * #pgic-2 "Much improved" "An answer about the change on the whole."
    * insert Local
  * #pgic-3 "Minimally improved" "An answer about the change on the whole."
    * insert Local
  * #pgic-4 "No change" "An answer about the change on the whole."
    * insert Local
  * #pgic-5 "Minimally worse" "An answer about the change on the whole."
    * insert Local
  * #pgic-6 "Much worse" "An answer about the change on the whole."
    * insert Local
  * #pgic-7 "Very much worse" "An answer about the change on the whole."
    * insert Local
* #consent "Consent" "Kinds of consent, and areas that consent is about."
  * insert Heading
  * #touch-consent "Consent to touch" "Which areas may be touched."
    * insert Local
  * #abdomen "Abdomen" "The front of the trunk below the ribs."
    * insert Local
* #plan "Plan" "Kinds of plan."
  * insert Heading
  * #massage-plan-of-care "Massage plan of care" "A plan of massage therapy."
* #section "Summary section" "Sections of summaries for which no LOINC code was found."
  * insert Heading
  * #pain-trend "Pain and function over time" "Scores from the baseline on."
    * insert Local
  * #recommendations "Recommendations" "What the therapist recommends."
    * insert Local
  * #visits "Visits" "Visits planned, attended, missed and left."
    * insert Local
  * #safety-summary "Safety" "Adverse events and precautions."
    * insert Local
  * #withheld "Withheld" "What a summary leaves out, and why."
    * insert Local
  * #session-response "Response to a session" "Pain before and after the hands-on work, and hours of relief; apart from the episode."
    * insert Local
  * #home-programme "Home programme" "Exercises for home, and how many of them were done."
    * insert Local
  * #contact "Next steps and contact" "Next reassessment, whom to call, who signs."
    * insert Local
  * #medical-necessity "Medical necessity" "Impairment, function, service, expected change and time."
    * insert Local
  * #units "Units" "Units of each day under the payer's rule, and why."
    * insert Local
  * #report-readiness "Readiness of the report" "What a payer expects and the record does not hold yet; reports due."
    * insert Local
* #document "Document" "Kinds of document for which no LOINC code was found, and marks of documents."
  * insert Heading
  * #medical-necessity-letter "Letter of medical necessity" "A letter for the physician to sign: diagnosis, treatment, frequency and time."
    * insert Local
  * #signed-summary "Signed summary" "Mark of what belongs to a signed summary and is not changed any more."
    * insert Local
* #restriction "Restriction" "What is not to be done, or only under a condition."
  * insert Heading
  * #no-massage "No massage" "No massage until cleared."
    * insert Local
  * #local-avoid "Avoid the area" "No touch on the area."
    * insert Local
  * #light-pressure "Light pressure only" "No more than light pressure."
    * insert Local
  * #no-deep-friction "No deep friction" "No deep friction."
    * insert Local
  * #no-cervical "No neck work" "No work on the neck."
    * insert Local
  * #no-heat "No heat" "No heat."
    * insert Local
  * #no-abdomen "No abdominal work" "No work on the abdomen."
    * insert Local
  * #position-sidelying "Side-lying position" "Treatment lying on the side."
    * insert Local
  * #require-clearance "Clearance required" "A clinician must agree first."
    * insert Local
  * #hygiene-delay "Postponed for hygiene" "Postponed because of possible contagion."
    * insert Local
  * #monitor "Monitor" "Treat and watch."
    * insert Local
  * #no-end-range "No stretching to the end of range" "No stretching to the end of the range of motion."
    * insert Local
  * #no-vibration "No vibration" "No vibrating tools."
    * insert Local
  * #no-cold "No cold" "No cold application."
    * insert Local
* #screening "Screening" "What screening says and asks for."
  * insert Heading
  * #screening-outcome "Outcome of screening" "Which of the three outcomes screening had."
    * insert Local
  * #clear "Clear" "Everything was understood, and no rule is met."
    * insert Local
  * #restrict-or-stop "Restrict or stop" "At least one rule is met."
    * insert Local
  * #could-not-screen "Could not be screened" "Something could not be held against the rules; it is not clear."
    * insert Local
  * #override "Set aside" "A therapist has set a contraindication aside, with a reason."
    * insert Local
  * #intake-needed "Health history needed" "Somebody has to ask the patient."
    * insert Local
  * #red-flag-notice "Warning sign" "A notice of a warning sign."
    * insert Local
  * #acknowledged-by "Acknowledged by" "Who has read a warning sign and acted."
    * insert Local
* #safety "Safety rule" "Ids of the screening rules (CI) and of the warning-sign rules (RF). The rules themselves are drafts until clinicians have signed them off."
  * insert Heading
  * #CI-01 "Deep vein thrombosis or pulmonary embolism" "Screening rule."
    * insert Local
  * #CI-02 "Anticoagulant" "Screening rule."
    * insert Local
  * #CI-03 "Antiplatelet" "Screening rule."
    * insert Local
  * #CI-04 "Bleeding or platelet disorder" "Screening rule."
    * insert Local
  * #CI-05 "Laboratory values of clotting" "Screening rule."
    * insert Local
  * #CI-06 "Thrombophilia" "Screening rule."
    * insert Local
  * #CI-07 "Fracture, recent or unhealed" "Screening rule."
    * insert Local
  * #CI-08 "Osteoporotic or compression fracture" "Screening rule."
    * insert Local
  * #CI-09 "Osteoporosis" "Screening rule."
    * insert Local
  * #CI-10 "Active malignancy" "Screening rule."
    * insert Local
  * #CI-11 "Bone metastases" "Screening rule."
    * insert Local
  * #CI-12 "History of malignancy" "Screening rule."
    * insert Local
  * #CI-13 "Lymphoedema or lymph-node removal" "Screening rule."
    * insert Local
  * #CI-14 "Pregnancy" "Screening rule."
    * insert Local
  * #CI-15 "Infection, fever or systemic illness" "Screening rule."
    * insert Local
  * #CI-16 "Cellulitis, abscess, septic joint or osteomyelitis" "Screening rule."
    * insert Local
  * #CI-17 "Contagious skin condition" "Screening rule."
    * insert Local
  * #CI-18 "Active herpes zoster" "Screening rule."
    * insert Local
  * #CI-19 "Skin lesion or open wound" "Screening rule."
    * insert Local
  * #CI-20 "Recent surgery" "Screening rule."
    * insert Local
  * #CI-21 "Recent injection at the site" "Screening rule."
    * insert Local
  * #CI-22 "Uncontrolled hypertension" "Screening rule."
    * insert Local
  * #CI-23 "Heart failure" "Screening rule."
    * insert Local
  * #CI-24 "Recent myocardial infarction or unstable angina" "Screening rule."
    * insert Local
  * #CI-25 "Recent stroke or transient ischaemic attack" "Screening rule."
    * insert Local
  * #CI-26 "Aneurysm or aortic dissection" "Screening rule."
    * insert Local
  * #CI-27 "Peripheral vascular disease or ulcer" "Screening rule."
    * insert Local
  * #CI-28 "Marked varicose veins" "Screening rule."
    * insert Local
  * #CI-29 "Diabetes with neuropathy or insulin pump" "Screening rule."
    * insert Local
  * #CI-30 "Sensory loss or neuropathy" "Screening rule."
    * insert Local
  * #CI-31 "Upper cervical instability" "Screening rule."
    * insert Local
  * #CI-32 "Acute joint inflammation or acute injury" "Screening rule."
    * insert Local
  * #CI-33 "Hypermobility" "Screening rule."
    * insert Local
  * #CI-34 "Long-term corticosteroid or skin atrophy" "Screening rule."
    * insert Local
  * #CI-35 "Immunosuppression or chemotherapy" "Screening rule."
    * insert Local
  * #CI-36 "Transdermal drug patch" "Screening rule."
    * insert Local
  * #CI-37 "Opioid or sedative use" "Screening rule."
    * insert Local
  * #CI-38 "Uncontrolled epilepsy" "Screening rule."
    * insert Local
  * #CI-39 "Liver or kidney failure, ascites" "Screening rule."
    * insert Local
  * #CI-40 "Implant" "Screening rule."
    * insert Local
  * #CI-41 "Severe pain of unknown cause" "Screening rule."
    * insert Local
  * #CI-42 "Allergy to lubricant" "Screening rule."
    * insert Local
  * #CI-43 "Acute psychosis, intoxication or recent trauma" "Screening rule."
    * insert Local
  * #CI-44 "Raynaud phenomenon or cold intolerance" "Screening rule."
    * insert Local
  * #CI-45 "Cauda equina or progressive neurological deficit" "Screening rule."
    * insert Local
  * #RF-01 "Thoughts of self-harm in PHQ-9 item 9" "Warning-sign rule."
    * insert Local
  * #RF-02 "New neurological deficit" "Warning-sign rule."
    * insert Local
  * #RF-03 "Worsening pain" "Warning-sign rule."
    * insert Local
  * #RF-04 "Cauda equina signs" "Warning-sign rule."
    * insert Local
  * #RF-05 "Suspected deep vein thrombosis" "Warning-sign rule."
    * insert Local
  * #RF-06 "Possible fracture or vertebral collapse" "Warning-sign rule."
    * insert Local
  * #RF-07 "Malignancy pattern" "Warning-sign rule."
    * insert Local
  * #RF-08 "Signs of infection" "Warning-sign rule."
    * insert Local
  * #RF-09 "Severe hypertension" "Warning-sign rule."
    * insert Local
  * #RF-10 "Headache warning signs" "Warning-sign rule."
    * insert Local
  * #RF-11 "Arterial warning signs with neck work" "Warning-sign rule."
    * insert Local
  * #RF-12 "Severe depression or anxiety score" "Warning-sign rule."
    * insert Local
  * #RF-13 "Serious adverse event" "Warning-sign rule."
    * insert Local
  * #RF-14 "No response to treatment" "Warning-sign rule."
    * insert Local
  * #RF-15 "Rising analgesic use" "Warning-sign rule."
    * insert Local
  * #RF-16 "Disclosed violence, abuse or neglect" "Warning-sign rule."
    * insert Local
  * #RF-17 "Pregnancy warning signs" "Warning-sign rule."
    * insert Local
  * #RF-18 "Collapse or hypoglycaemia in a visit" "Warning-sign rule."
    * insert Local
* #technique #passive-stretch insert Nearest(http://snomed.info/sct|129420008)
* #technique #cold insert Nearest(http://snomed.info/sct|182660006)
* #technique #home-exercise-teaching insert Nearest(http://snomed.info/sct|386463000)
* #response #post-session-soreness insert Nearest(http://snomed.info/sct|68962001)
* #plan #massage-plan-of-care insert Nearest(http://snomed.info/sct|734163000)

RuleSet: Heading
* ^property[0].code = #code-status
* ^property[0].valueString = "group"
* ^property[1].code = #notSelectable
* ^property[1].valueBoolean = true

RuleSet: Local
* ^property[0].code = #code-status
* ^property[0].valueString = "L"

RuleSet: Nearest(standard)
* ^property[0].code = #code-status
* ^property[0].valueString = "V"
* ^property[1].code = #standard-code
* ^property[1].valueString = "{standard}"

ValueSet: MassageCodesAll
Id: massage
Title: "All Massage Codes"
Description: "Every code of the massage code system, headings included."
* ^experimental = false
* include codes from system MassageCodes

ValueSet: MassageTechniques
Id: massage-technique
Title: "Massage Techniques"
Description: "What the therapist does."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #technique

ValueSet: MassageFindings
Id: massage-finding
Title: "Massage Findings"
Description: "What the therapist sees, feels or measures."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #finding

ValueSet: MassageScores
Id: massage-score
Title: "Local Score Codes"
Description: "Instrument scores without a standard code."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #score

ValueSet: MassageOutcomes
Id: massage-outcome
Title: "Massage Outcomes"
Description: "What changed for the patient."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #outcome

ValueSet: MassageRestrictions
Id: massage-restriction
Title: "Massage Restrictions"
Description: "What is not to be done, or only under a condition."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #restriction

ValueSet: MassageSafetyRules
Id: massage-safety
Title: "Safety Rules"
Description: "Ids of screening and warning-sign rules."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #safety

ValueSet: Laterality
Id: laterality
Title: "Laterality"
Description: "Right, left, both sides, or the midline."
* ^experimental = false
* insert SnomedNotice
* $sct#24028007 "Right"
* $sct#7771000 "Left"
* $sct#51440002 "Bilateral"
* MassageCodes#midline

Extension: Side
Id: side
Title: "Side"
Description: "The side of a body site."
Context: CodeableConcept
* value[x] only CodeableConcept
* value[x] 1..1
* valueCodeableConcept from Laterality (required)

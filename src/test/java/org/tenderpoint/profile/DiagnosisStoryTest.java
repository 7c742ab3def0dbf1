package org.tenderpoint.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A clinic writes down who made a diagnosis; it makes none itself. */
class DiagnosisStoryTest {

    @EachDatabase
    void diagnosisOfAClinicIsSentBackUntilItSaysWhoMadeIt(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var patient =
                created(clinic, "/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Diagnosed\"}]}");
        var physician = created(
                clinic, "/Practitioner", "{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":\"Doctor\"}]}");

        var own = clinic.post("/Condition", diagnosis(patient, "")).expect(422);
        var bundled = clinic.bundle(
                        """
                        {"resourceType":"Bundle","type":"transaction","entry":[{"resource":%s,
                         "request":{"method":"POST","url":"Condition"}}]}"""
                                .formatted(diagnosis(patient, "")))
                .expect(422);

        assertThat(own.text()).contains("diagnosis-by-therapist", "Condition.asserter");
        assertThat(bundled.text()).contains("diagnosis-by-therapist");
        assertThat(conditions(clinic, patient)).isZero();

        clinic.post("/Condition", diagnosis(patient, ",\"asserter\":{\"reference\":\"" + physician + "\"}"))
                .expect(201);
        assertThat(conditions(clinic, patient)).isEqualTo(1);
    }

    private static int conditions(Client clinic, String patient) {
        return clinic.get("/Condition?patient=" + patient)
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }

    private static String created(Client clinic, String path, String json) {
        return clinic.post(path, json).expect(201).reference();
    }

    private static String diagnosis(String patient, String asserter) {
        return """
                {"resourceType":"Condition","subject":{"reference":"%s"},
                 "verificationStatus":{"coding":[{
                   "system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},
                 "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.50"}]}%s}"""
                .formatted(patient, asserter);
    }
}

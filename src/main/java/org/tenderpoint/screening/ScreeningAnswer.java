package org.tenderpoint.screening;

import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.tenderpoint.screening.ScreeningResult.Hit;
import org.tenderpoint.screening.ScreeningResult.Sign;

/** A screening as Parameters. */
final class ScreeningAnswer {

    private ScreeningAnswer() {}

    static Parameters of(Screenings.Report report) {
        var answer = new Parameters();
        answer.addParameter("outcome", new CodeType(report.result().outcome().code()));
        report.result().signs().forEach(sign -> sign(answer.addParameter().setName("warning-sign"), sign));
        report.result()
                .hits()
                .forEach(hit -> hit(
                        answer.addParameter().setName("contraindication"),
                        hit,
                        report.overridden().contains(hit.rule().id())));
        report.result().notUnderstood().forEach(text -> answer.addParameter("not-understood", new StringType(text)));
        return answer;
    }

    private static void hit(ParametersParameterComponent part, Hit hit, boolean overridden) {
        rule(part, hit.rule(), hit.evidence());
        part.addPart()
                .setName("severity")
                .setValue(new CodeType(hit.severity().name().toLowerCase(java.util.Locale.ROOT)));
        part.addPart().setName("scope").setValue(new CodeType(hit.rule().scope()));
        hit.restrictions().forEach(code -> part.addPart().setName("restriction").setValue(Codes.massage(code)));
        part.addPart().setName("overridden").setValue(new BooleanType(overridden));
    }

    private static void sign(ParametersParameterComponent part, Sign sign) {
        rule(part, sign.rule(), sign.evidence());
        part.addPart().setName("urgency").setValue(new StringType(sign.urgency().words()));
    }

    private static void rule(ParametersParameterComponent part, ScreeningRule rule, List<String> evidence) {
        part.addPart().setName("rule").setValue(Codes.massage(rule.id()));
        part.addPart().setName("definition").setValue(new UriType(rule.uri()));
        part.addPart().setName("status").setValue(new CodeType(rule.status()));
        part.addPart().setName("title").setValue(new StringType(rule.title()));
        part.addPart().setName("message").setValue(new StringType(rule.message()));
        part.addPart().setName("citation").setValue(new StringType(rule.citation()));
        evidence.forEach(reference -> part.addPart().setName("implicated").setValue(new Reference(reference)));
    }
}

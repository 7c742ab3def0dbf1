package org.tenderpoint.smart;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.identity.Person;

/**
 * Who a person is in the record, as it is now: whoever has left a practice, or acts for a patient no longer, is nobody
 * there at her next token.
 *
 * @param role the capacity in which she acts
 * @param user relative reference; {@code Person/…} with the login for somebody whom the record does not know
 * @param organization FHIR id of the Organization she acts for
 * @param patient FHIR id of the patient she is, or acts for
 */
public record Acting(Role role, String user, @Nullable UUID organization, @Nullable UUID patient) {

    /** Empty where the record does not know her, or does not know her there. */
    public static Optional<Acting> of(Person person, Chart chart) {
        var subject = chart.persons().find(person.subjectType(), person.subjectKey());
        var user = subject.map(id -> person.subjectType() + "/" + id);
        if (person.role() == Role.PATIENT) {
            var patient =
                    person.subjectType().equals("Patient") ? subject : subject.flatMap(chart.persons()::patientOf);
            return patient.map(id -> new Acting(Role.PATIENT, user.orElseThrow(), null, id));
        }
        if (!person.role().isBoundToOrganization()) {
            return Optional.of(new Acting(person.role(), "Person/" + person.login(), null, null));
        }
        var bar = person.organization().indexOf('|');
        return chart.organizationWith(
                        person.organization().substring(0, bar),
                        person.organization().substring(bar + 1))
                .filter(organization -> subject.filter(id -> chart.persons().worksAt(id, organization))
                        .isPresent())
                .map(organization -> new Acting(person.role(), user.orElseThrow(), organization, null));
    }

    /** True where an app may be told who she is: the record has a resource of her. */
    public boolean isInRecord() {
        return !user.startsWith("Person/");
    }

    /** The caller that she is through a client. */
    public Caller caller(String clientId, Scopes scopes) {
        return new Caller(clientId, role, organization, scopes, user, patient);
    }

    /** What of it stands in a token. */
    Map<String, String> claims() {
        var claims = new HashMap<String, String>();
        claims.put(AccessTokens.FHIR_USER, user);
        claims.put(AccessTokens.ROLE, role.name());
        if (organization != null) {
            claims.put(AccessTokens.ORGANIZATION, organization.toString());
        }
        if (patient != null) {
            claims.put(AccessTokens.PATIENT, patient.toString());
        }
        return claims;
    }
}

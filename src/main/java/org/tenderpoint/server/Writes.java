package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Committed;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.WriteRule.Write;

/** The one path by which resources get into the chart: role and scope, then all rules, then the transaction. */
@Component
public class Writes {

    private final Chart chart;
    private final FhirContext fhir;
    private final List<WriteRule> rules;
    private final List<ClaimRule> claimRules;

    Writes(Chart chart, FhirContext fhir, List<WriteRule> rules, List<ClaimRule> claimRules) {
        this.chart = chart;
        this.fhir = fhir;
        this.rules = rules;
        this.claimRules = claimRules;
    }

    /**
     * Checks and carries out what one request asks for.
     *
     * @param acts in the order of the request
     * @param reason for the audit
     * @return what became of each, in the same order
     * @throws Refused 403 for what the role does not cover, 422 with the breaches of all rules at once, and what
     *     {@link Chart#commit} refuses
     */
    public List<Committed> carryOut(Caller caller, List<Change.Act> acts, String reason) {
        acts.forEach(act -> requireRole(caller, act));
        check(caller, acts);
        var claims = claims(caller, acts);
        var change = Change.by(caller).because(reason);
        for (var act : acts) {
            change.add(
                    act instanceof Change.Create create && claims.containsKey(create.resource())
                            ? new Change.Create(
                                    create.resource(),
                                    create.fullUrl(),
                                    create.ifNoneExist(),
                                    claims.get(create.resource()),
                                    create.path())
                            : act);
        }
        return chart.commit(change);
    }

    private static void requireRole(Caller caller, Change.Act act) {
        if (act instanceof Change.Create create) {
            AccessRule.require(caller, Interaction.CREATE, create.resource().fhirType());
        } else if (act instanceof Change.Update update) {
            AccessRule.require(caller, Interaction.UPDATE, update.resource().fhirType());
        } else {
            AccessRule.require(caller, Interaction.DELETE, ((Change.Delete) act).type());
        }
    }

    private void check(Caller caller, List<Change.Act> acts) {
        var issues = new ArrayList<Issue>();
        for (var act : acts) {
            var write = write(caller, act);
            if (write != null) {
                rules.forEach(rule -> issues.addAll(rule.check(write)));
            }
        }
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
    }

    private @Nullable Write write(Caller caller, Change.Act act) {
        if (act instanceof Change.Create create) {
            return new Write(caller, create.resource(), create.path(), true, Optional::empty);
        }
        if (act instanceof Change.Update update) {
            Supplier<Optional<Resource>> before =
                    () -> Optional.of(standing(caller, update.resource().fhirType(), update.id()));
            return new Write(caller, update.resource(), update.path(), false, before);
        }
        return null;
    }

    private Resource standing(Caller caller, String type, UUID id) {
        return FhirJson.parse(fhir, chart.read(caller, type, id).json());
    }

    private Map<Resource, String> claims(Caller caller, List<Change.Act> acts) {
        var created = acts.stream()
                .filter(Change.Create.class::isInstance)
                .map(act -> ((Change.Create) act).resource())
                .toList();
        var claims = new IdentityHashMap<Resource, String>();
        claimRules.forEach(rule -> claims.putAll(rule.claims(caller, created)));
        return claims;
    }
}

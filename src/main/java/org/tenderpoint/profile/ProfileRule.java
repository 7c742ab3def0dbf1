package org.tenderpoint.profile;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/**
 * What is written keeps to those of our profiles that it names, and its codes and units are some, whatever it names.
 */
@Component
final class ProfileRule implements WriteRule {

    private static final String BASE = "https://tenderpoint.org/fhir/StructureDefinition/";
    private static final Set<String> TAKEN_BACK = Set.of("entered-in-error", "cancelled");

    private final SingletonSupplier<Profiles> profiles = SingletonSupplier.of(Profiles::load);
    private final UcumUnits units = new UcumUnits();
    private final Names names = Names.load();
    private final Invariants invariants;

    ProfileRule(FhirContext fhir) {
        this.invariants = new Invariants(fhir);
    }

    @Override
    public List<Issue> check(Write write) {
        return check(write.resource(), write.path());
    }

    List<Issue> check(Resource resource, String path) {
        if (isTakenBack(resource)) {
            return List.of();
        }
        var compiled = profiles.obtain();
        var issues = new ArrayList<>(new CodeCheck(compiled.terms(), units, names).of(resource, path));
        var seen = new HashSet<String>();
        for (var url : named(resource)) {
            if (compiled.type(url).equals(resource.fhirType())) {
                compiled.find(url).ifPresent(profile -> new ProfileCheck(compiled, invariants, resource)
                        .of(profile, path).stream()
                                .filter(issue -> seen.add(issue.code() + " " + issue.expression()))
                                .forEach(issues::add));
            }
        }
        return issues;
    }

    /** A record taken back must stay writable even when it is wrong; that is often why it is taken back. */
    private static boolean isTakenBack(Resource resource) {
        return resource instanceof Observation observation
                && observation.hasStatus()
                && TAKEN_BACK.contains(observation.getStatus().toCode());
    }

    private static Set<String> named(Resource resource) {
        var urls = new LinkedHashSet<String>();
        for (CanonicalType profile : resource.getMeta().getProfile()) {
            var url = String.valueOf(profile.getValue());
            if (url.startsWith(BASE)) {
                urls.add(url.contains("|") ? url.substring(0, url.indexOf('|')) : url);
            }
        }
        return urls;
    }
}

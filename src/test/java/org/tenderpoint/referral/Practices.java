package org.tenderpoint.referral;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.Fixtures;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.server.WriteRule.Write;

/** The invented practices of these tests, and what they send. */
final class Practices {

    static final UUID REFERRER = UUID.fromString("0a000000-0000-4000-8000-000000000001");
    static final UUID OTHER_REFERRER = UUID.fromString("0a000000-0000-4000-8000-000000000002");
    static final UUID CLINIC = UUID.fromString("0b000000-0000-4000-8000-000000000001");
    static final UUID OTHER_CLINIC = UUID.fromString("0b000000-0000-4000-8000-000000000002");

    static final Map<String, String> IDS = Map.of(
            "referrer", REFERRER.toString(),
            "clinic", CLINIC.toString(),
            "insurer", "0c000000-0000-4000-8000-000000000001",
            "employer", REFERRER.toString(),
            "patient", "0d000000-0000-4000-8000-000000000001",
            "referral", "0e000000-0000-4000-8000-000000000001",
            "task", "0f000000-0000-4000-8000-000000000001");

    private Practices() {}

    static Caller ehr(UUID organization) {
        return new Caller("ehr", Role.EHR, organization, Scopes.ALL_SYSTEM);
    }

    static Caller clinic(UUID organization) {
        return new Caller("clinic", Role.CLINIC, organization, Scopes.ALL_SYSTEM);
    }

    static <T extends Resource> T fixture(Class<T> type, String name) {
        return Fixtures.resource(type, "referral/" + name, IDS);
    }

    static Write create(Caller caller, Resource resource) {
        return new Write(caller, resource, resource.fhirType(), true, Optional::empty);
    }

    static Write update(Caller caller, Resource before, Resource after) {
        Supplier<Optional<Resource>> standing = () -> Optional.of(before);
        return new Write(caller, after, after.fhirType(), false, standing);
    }
}

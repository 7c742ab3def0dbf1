package org.tenderpoint.referral;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.server.ClaimRule;

/**
 * Makes a referral arrive once, however often it is sent. The sender's own number of the ServiceRequest is the key;
 * what came along is known by its content, so that neither the order of entries nor the urn:uuid of a new attempt
 * matters.
 */
@Component
class ReferralClaims implements ClaimRule {

    /** Longest number that stands in a key as it is; the column takes 700 characters. */
    private static final int LONGEST_NUMBER = 480;

    private static final String IN_THIS_REQUEST = "urn:sent-along";

    private final FhirContext fhir;

    ReferralClaims(FhirContext fhir) {
        this.fhir = fhir;
    }

    @Override
    public Map<Resource, String> claims(Caller caller, List<Resource> created) {
        if (!caller.is(Role.EHR)) {
            return Map.of();
        }
        var numbers = new IdentityHashMap<Resource, String>();
        for (var resource : created) {
            if (resource instanceof ServiceRequest order) {
                placerNumber(order).ifPresent(number -> numbers.put(order, number));
            }
        }
        var claims = new IdentityHashMap<Resource, String>();
        var twins = new HashMap<String, Integer>();
        for (var resource : created) {
            if (resource instanceof ServiceRequest) {
                Optional.ofNullable(numbers.get(resource))
                        .ifPresent(number -> claims.put(resource, "referral:" + number + "#ServiceRequest"));
            } else if (!AccessRule.DIRECTORY.contains(resource.fhirType())) {
                referralOf(resource, created, numbers).ifPresent(number -> {
                    var key = key(resource, number, created);
                    var twin = twins.merge(key, 1, Integer::sum);
                    claims.put(resource, twin == 1 ? key : key + "#" + twin);
                });
            }
        }
        return claims;
    }

    private String key(Resource resource, String number, List<Resource> created) {
        // A patient who has a number of any kind may also be matched by If-None-Exist, on its own: its key stands
        // apart, so that a patient known from another referral does not make this one half known.
        if (resource instanceof Patient patient && patient.hasIdentifier()) {
            return "referral-patient:" + number + "#Patient:" + digest(identifiers(patient));
        }
        return "referral:" + number + "#" + resource.fhirType() + ":" + digest(content(resource, created));
    }

    /** The sender's number of a referral, in the form of a key; empty where it has none that could be repeated. */
    private static Optional<String> placerNumber(ServiceRequest order) {
        var placer = order.getIdentifier().stream().filter(i -> isOfType(i, "PLAC") && i.hasValue());
        var other = order.getIdentifier().stream()
                .filter(i -> !isOfType(i, "PLAC") && !isOfType(i, "FILL") && i.hasSystem() && i.hasValue());
        return placer.findFirst().or(other::findFirst).map(i -> {
            var number = escaped(i.hasSystem() ? i.getSystem() : "") + "|" + escaped(i.getValue());
            return number.length() <= LONGEST_NUMBER ? number : "sha256|" + sha256(number);
        });
    }

    private static boolean isOfType(Identifier identifier, String code) {
        return identifier.getType().hasCoding("http://terminology.hl7.org/CodeSystem/v2-0203", code);
    }

    /** The referral that a resource came with: the one it points at, else one that points at it, else any. */
    private Optional<String> referralOf(Resource resource, List<Resource> created, Map<Resource, String> numbers) {
        var own = pointedAt(resource, created);
        if (own.stream().anyMatch(ServiceRequest.class::isInstance)) {
            return least(own, numbers);
        }
        var pointing = created.stream()
                .filter(ServiceRequest.class::isInstance)
                .filter(order -> pointedAt(order, created).stream().anyMatch(target -> target == resource))
                .toList();
        return pointing.isEmpty() ? least(created, numbers) : least(pointing, numbers);
    }

    // The least number and not the first: the order of the entries may change from one sending to the next.
    private static Optional<String> least(Collection<Resource> among, Map<Resource, String> numbers) {
        return among.stream()
                .map(numbers::get)
                .flatMap(number -> Optional.ofNullable(number).stream())
                .min(Comparator.naturalOrder());
    }

    private List<Resource> pointedAt(Resource resource, List<Resource> created) {
        return references(resource).stream()
                .map(Pointer::sentAlong)
                .flatMap(target -> created.stream().filter(sent -> sent == target))
                .toList();
    }

    private String content(Resource resource, List<Resource> created) {
        var inThisRequest = references(resource).stream()
                .filter(reference -> created.stream().anyMatch(sent -> sent == Pointer.sentAlong(reference)))
                .map(Reference::getReference)
                .collect(Collectors.toSet());
        var copy = resource.copy();
        copy.setIdElement(null);
        copy.getMeta().setVersionIdElement(null).setLastUpdatedElement(null);
        for (var reference : references(copy)) {
            if (Pointer.isAbsolute(reference) || inThisRequest.contains(reference.getReference())) {
                reference.setReference(IN_THIS_REQUEST);
            }
        }
        return fhir.newJsonParser().encodeResourceToString(copy);
    }

    private static String identifiers(Patient patient) {
        return patient.getIdentifier().stream()
                .map(i -> escaped(i.hasSystem() ? i.getSystem() : "") + "|" + escaped(i.hasValue() ? i.getValue() : ""))
                .sorted()
                .collect(Collectors.joining("#"));
    }

    private List<Reference> references(Resource resource) {
        return fhir.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class);
    }

    private static String digest(String content) {
        return sha256(content).substring(0, 32);
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    // The key's own separators, and what a database may not take, must not come from the number.
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '#' || c == '|' || c == '%' || Character.isISOControl(c) || Character.isSurrogate((char) c)) {
                escaped.append('%').append(HexFormat.of().toHexDigits((char) c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}

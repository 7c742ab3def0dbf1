package org.tenderpoint.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.issue.Issue;

/** Holds a resource against one compiled profile. Belongs to one resource. */
final class ProfileCheck {

    private final Profiles profiles;
    private final Invariants invariants;
    private final List<Issue> issues = new ArrayList<>();

    private final Resource resource;

    ProfileCheck(Profiles profiles, Invariants invariants, Resource resource) {
        this.profiles = profiles;
        this.invariants = invariants;
        this.resource = resource;
    }

    List<Issue> of(ProfileNode profile, String path) {
        node(profile, resource, path);
        return issues;
    }

    private void node(ProfileNode node, Base value, String path) {
        for (var invariant : node.invariants) {
            if (!invariants.holds(invariant.expression(), resource, value)) {
                issues.add(Issue.businessRule(invariant.key(), path, invariant.human()));
            }
        }
        node.children.values().forEach(child -> child(child, value, path));
    }

    private void child(ProfileNode child, Base parent, String path) {
        var values = values(parent, child.name);
        var at = path + "." + plain(child.name);
        number(child, values.size(), at);
        for (int i = 0; i < values.size(); i++) {
            value(child, values.get(i), values.size() == 1 ? at : at + "[" + i + "]");
        }
        for (var slice : child.slices) {
            var inSlice = new ArrayList<Integer>();
            for (int i = 0; i < values.size(); i++) {
                if (isIn(slice, child, values.get(i))) {
                    inSlice.add(i);
                }
            }
            number(slice, inSlice.size(), at + ":" + slice.name);
            inSlice.forEach(i -> value(slice, values.get(i), values.size() == 1 ? at : at + "[" + i + "]"));
        }
    }

    private void number(ProfileNode node, int number, String at) {
        if (number < node.min) {
            issues.add(Issue.required(
                    "profile-element-missing",
                    at.replaceFirst(":.*", ""),
                    at.contains(":")
                            ? "The profile asks for the part " + at.substring(at.indexOf(':') + 1) + "."
                            : "The profile asks for this element."));
        }
        if (number > node.max) {
            issues.add(Issue.value(
                    "profile-element-number",
                    at.replaceFirst(":.*", ""),
                    node.max == 0
                            ? "The profile does not have this element."
                            : "The profile has this at most " + node.max + " times."));
        }
    }

    private void value(ProfileNode node, Base value, String at) {
        if (!node.types.isEmpty()
                && !node.types.contains(value.fhirType())
                && !node.types.get(0).contains("/")) {
            issues.add(Issue.value(
                    "profile-type", at, "The profile wants a value of type " + String.join(" or ", node.types) + "."));
            return;
        }
        if (node.pattern != null && !matches(node.pattern, value)) {
            issues.add(Issue.value("profile-pattern", at, "The profile fixes this: " + node.pattern + "."));
        }
        if (node.codes != null && !isBound(node.codes, value)) {
            issues.add(Issue.value(
                    "profile-code", at, "The code is none of the value set that the profile binds this to."));
        }
        if (!node.targets.isEmpty() && value instanceof Reference reference) {
            target(node, reference, at);
        }
        if (node.typeProfile != null) {
            profiles.find(node.typeProfile).ifPresent(profile -> node(profile, value, at));
        }
        node(node, value, at);
    }

    private void target(ProfileNode node, Reference reference, String at) {
        var type = reference.getReferenceElement().getResourceType();
        if (type != null && !node.targets.contains(type)) {
            issues.add(Issue.value(
                    "profile-reference", at, "The profile refers to " + String.join(" or ", node.targets) + " here."));
        }
    }

    private boolean isIn(ProfileNode slice, ProfileNode sliced, Base value) {
        if (slice.typeProfile != null && value.fhirType().equals("Extension")) {
            return values(value, "url").stream().anyMatch(url -> slice.typeProfile.equals(url.primitiveValue()));
        }
        return !sliced.discriminators.isEmpty()
                && sliced.discriminators.stream().allMatch(discriminator -> {
                    if (discriminator.type().equals("type")) {
                        return slice.types.contains(value.fhirType());
                    }
                    var pattern = slice.patternAt(discriminator.path());
                    return pattern.isPresent()
                            && at(value, discriminator.path()).anyMatch(there -> matches(pattern.get(), there));
                });
    }

    private static Stream<Base> at(Base value, String path) {
        var found = Stream.of(value);
        if (path.equals("$this")) {
            return found;
        }
        for (var step : path.split("\\.")) {
            found = found.flatMap(one -> values(one, step).stream());
        }
        return found;
    }

    /** True if a value has everything that the pattern has; it may have more (R4, ElementDefinition.pattern). */
    private static boolean matches(JsonNode pattern, Base value) {
        if (pattern.isValueNode()) {
            return value.isPrimitive() && pattern.asText().equals(value.primitiveValue());
        }
        for (var property : pattern.properties()) {
            var values = values(value, property.getKey());
            var wanted = property.getValue().isArray() ? property.getValue() : List.of(property.getValue());
            for (var one : wanted) {
                if (values.stream().noneMatch(there -> matches(one, there))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isBound(Set<String> codes, Base value) {
        if (value instanceof CodeableConcept concept) {
            return concept.getCoding().stream().anyMatch(coding -> isBound(codes, coding));
        }
        if (value instanceof Coding coding) {
            return codes.contains(coding.getSystem() + "|" + coding.getCode());
        }
        var code = Optional.ofNullable(value.primitiveValue()).orElse("");
        return !(value instanceof CodeType) || codes.stream().anyMatch(one -> one.endsWith("|" + code));
    }

    private static List<Base> values(Base parent, String name) {
        var values = parent.listChildrenByName(plain(name), false);
        return values == null
                ? List.of()
                : Arrays.stream(values)
                        .filter(value -> value != null && !value.isEmpty())
                        .toList();
    }

    /** The name of a choice of types without the mark that it is one. */
    private static String plain(String name) {
        return name.endsWith("[x]") ? name.substring(0, name.length() - 3) : name;
    }
}

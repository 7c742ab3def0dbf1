package org.tenderpoint.chart;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildAny;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildDirectResource;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Resources in which each element has a value: no fixture tells of a marital status or a barcode, and a search parameter that
 * never saw a value is not proved. Elements of several types have another one in each variant.
 */
final class FilledResources {

    /** As many as an element has types; {@code value[x]} of an Observation has the most. */
    private static final int VARIANTS = 12;

    private static final int DEEPEST = 4;

    /** What says nothing that is searched, or would lead from one resource into the next. */
    private static final Set<String> LEFT_OUT =
            Set.of("id", "meta", "text", "contained", "extension", "modifierExtension", "implicitRules");

    private final FhirContext fhir;
    private final int variant;
    private int filled;

    private FilledResources(FhirContext fhir, int variant) {
        this.fhir = fhir;
        this.variant = variant;
    }

    static Stream<Resource> of(FhirContext fhir, Class<? extends Resource> type) {
        return IntStream.range(0, VARIANTS).mapToObj(variant -> {
            var definition = fhir.getResourceDefinition(type);
            var resource = (Resource) definition.newInstance();
            new FilledResources(fhir, variant).fill(definition, resource, 0);
            resource.setId(new IdType(type.getSimpleName(), UUID.randomUUID().toString()));
            return resource;
        });
    }

    private void fill(BaseRuntimeElementCompositeDefinition<?> definition, IBase parent, int depth) {
        for (var child : definition.getChildren()) {
            if (depth < DEEPEST && !LEFT_OUT.contains(child.getElementName())) {
                var value = value(child, depth);
                if (value != null) {
                    child.getMutator().addValue(parent, value);
                }
            }
        }
    }

    private @Nullable IBase value(BaseRuntimeChildDefinition child, int depth) {
        var element = element(child);
        if (element == null) {
            return null;
        }
        var value = element.newInstance(child.getInstanceConstructorArguments());
        if (value instanceof Reference reference) {
            return reference.setReference(target(child) + "/" + new UUID(variant, filled++));
        }
        if (value instanceof Enumeration<?> code) {
            return ofBinding(code, (RuntimeChildPrimitiveEnumerationDatatypeDefinition) child);
        }
        if (value instanceof IPrimitiveType<?> primitive) {
            primitive.setValueAsString(text(element.getName()));
        } else if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
            fill(composite, value, depth + 1);
        }
        return value.isEmpty() ? null : value;
    }

    /** What an element is in this variant. */
    private @Nullable BaseRuntimeElementDefinition<?> element(BaseRuntimeChildDefinition child) {
        if (child instanceof RuntimeChildAny || child instanceof RuntimeChildDirectResource) {
            return null;
        }
        if (child instanceof RuntimeChildChoiceDefinition choice) {
            var types = choice.getValidChildTypes().stream()
                    .sorted(Comparator.comparing(Class::getName))
                    .toList();
            return choice.getChildElementDefinitionByDatatype(types.get(variant % types.size()));
        }
        return child.getChildByName(child.getElementName());
    }

    private String target(BaseRuntimeChildDefinition child) {
        var declared = child instanceof RuntimeChildResourceDefinition reference
                ? reference.getResourceTypes()
                : child instanceof RuntimeChildChoiceDefinition choice
                        ? choice.getResourceTypes()
                        : List.<Class<? extends IBaseResource>>of();
        var types = declared.stream()
                .filter(type -> !Modifier.isAbstract(type.getModifiers()) && !type.isInterface())
                .map(Class::getSimpleName)
                .toList();
        return types.isEmpty() ? "Patient" : types.get(variant % types.size());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Enumeration<?> ofBinding(Enumeration code, RuntimeChildPrimitiveEnumerationDatatypeDefinition child) {
        var codes = child.getBoundEnumType().getEnumConstants();
        // The last one stands for none.
        code.setValue(codes[variant % (codes.length - 1)]);
        return code;
    }

    private String text(String type) {
        var number = filled++;
        var day = "2026-03-%02d".formatted(1 + number % 28);
        return switch (type) {
            case "boolean" -> String.valueOf(variant % 2 == 0);
            case "integer", "positiveInt", "unsignedInt" -> String.valueOf(1 + number);
            case "decimal" -> number + ".5";
            case "date" -> day;
            case "dateTime" -> variant % 2 == 0 ? day : day + "T10:00:00Z";
            case "instant" -> day + "T10:00:00.000Z";
            case "time" -> "10:00:00";
            case "base64Binary" -> "AAAA";
            case "uri", "url", "canonical" -> "https://example.org/" + number;
            case "oid" -> "urn:oid:1.2." + number;
            case "uuid" -> "urn:uuid:" + new UUID(variant, number);
            default -> "text-" + number;
        };
    }
}

package org.tenderpoint.oracle;

import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * A code or identifier.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#token">token</a>
 */
record Token(@Nullable String system, String code) {

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Stream<Token> of(Base element) {
        if (element instanceof CodeableConcept concept) {
            return concept.getCoding().stream().flatMap(Token::of);
        }
        if (element instanceof Coding coding) {
            return token(coding.getSystem(), coding.getCode());
        }
        if (element instanceof Identifier identifier) {
            return token(identifier.getSystem(), identifier.getValue());
        }
        if (element instanceof ContactPoint contact) {
            return token(null, contact.getValue());
        }
        if (element instanceof Enumeration code) {
            return token(code.getEnumFactory().toSystem((Enum) code.getValue()), code.getValueAsString());
        }
        return element.isPrimitive() ? token(null, element.primitiveValue()) : Stream.of();
    }

    private static Stream<Token> token(@Nullable String system, @Nullable String code) {
        return code == null ? Stream.of() : Stream.of(new Token(system, code));
    }

    /** {@code code}, {@code system|code}, {@code |code} or {@code system|}. */
    boolean isFoundBy(String value) {
        var parts = Texts.split(value, '|').stream().map(Texts::plain).toList();
        if (parts.size() == 1) {
            return code.equals(parts.get(0));
        }
        var inSystem = parts.get(0).isEmpty() ? system == null : parts.get(0).equals(system);
        return inSystem && (parts.get(1).isEmpty() || code.equals(parts.get(1)));
    }
}

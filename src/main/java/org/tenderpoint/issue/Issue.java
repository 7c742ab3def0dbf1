package org.tenderpoint.issue;

import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request: what to change, and where.
 *
 * @param type FHIR issue type, for machines that know FHIR only
 * @param code our own code, a row of {@code docs/issues.md}
 * @param expression FHIRPath of the element, if there is one
 * @param diagnostics a sentence that names elements and allowed forms and no patient's data
 */
public record Issue(IssueType type, String code, @Nullable String expression, String diagnostics) {

    /** The code system of {@link #code()}. */
    public static final String SYSTEM = "https://tenderpoint.org/fhir/CodeSystem/issue";

    private static final int LONGEST_DIAGNOSTICS = 600;

    /** Keeps diagnostics short and printable, because they may echo a part of the input. */
    public Issue {
        diagnostics = printable(diagnostics, LONGEST_DIAGNOSTICS);
    }

    /** A required element is not there. */
    public static Issue required(String code, String expression, String diagnostics) {
        return new Issue(IssueType.REQUIRED, code, expression, diagnostics);
    }

    /** An element's value is not allowed. */
    public static Issue value(String code, @Nullable String expression, String diagnostics) {
        return new Issue(IssueType.VALUE, code, expression, diagnostics);
    }

    /** The content breaks the form of FHIR JSON or XML. */
    public static Issue structure(String code, @Nullable String expression, String diagnostics) {
        return new Issue(IssueType.STRUCTURE, code, expression, diagnostics);
    }

    /** The content is well formed and breaks a rule of the practice. */
    public static Issue businessRule(String code, @Nullable String expression, String diagnostics) {
        return new Issue(IssueType.BUSINESSRULE, code, expression, diagnostics);
    }

    /** The server does not offer this. */
    public static Issue notSupported(String code, String diagnostics) {
        return new Issue(IssueType.NOTSUPPORTED, code, null, diagnostics);
    }

    /**
     * A piece of the input made safe to repeat: control characters replaced, at most 80 characters.
     *
     * @param input what the client sent
     * @return the same, printable and short
     */
    public static String echo(String input) {
        return printable(input, 80);
    }

    OperationOutcome.OperationOutcomeIssueComponent toComponent() {
        var component = new OperationOutcome.OperationOutcomeIssueComponent();
        component.setSeverity(IssueSeverity.ERROR).setCode(type).setDiagnostics(diagnostics);
        component.getDetails().addCoding().setSystem(SYSTEM).setCode(code);
        if (expression != null) {
            component.addExpression(expression);
        }
        return component;
    }

    private static String printable(String text, int longest) {
        var clean = text.codePoints()
                .limit(longest)
                .map(c -> Character.isISOControl(c)
                                || !Character.isDefined(c)
                                || Character.getType(c) == Character.SURROGATE
                        ? '?'
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return clean.length() < text.length() ? clean + "…" : clean.toString();
    }
}

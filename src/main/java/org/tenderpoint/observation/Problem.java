package org.tenderpoint.observation;

/**
 * One thing to correct in an Observation.
 *
 * @param code our code for it, for example {@code pain-score-out-of-range}
 * @param expression FHIRPath of the element
 * @param diagnostics a sentence naming what is allowed, without values of the patient
 */
public record Problem(String code, String expression, String diagnostics) {}

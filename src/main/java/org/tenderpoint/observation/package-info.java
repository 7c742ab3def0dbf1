/**
 * Observations: pain, function and movement scores are read from FHIR, checked on write, and compared over an episode of
 * care. Start at {@link org.tenderpoint.observation.OutcomeTrend}; the thresholds are data, in {@code measure-rules.json}.
 */
@NullMarked
package org.tenderpoint.observation;

import org.jspecify.annotations.NullMarked;

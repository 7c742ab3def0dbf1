/**
 * Screening: a patient's record is held against rules on contraindications and warning signs, which are data. Start at
 * {@link org.tenderpoint.screening.Screenings}; the rules are in {@code screening-rules.json}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server", "observation", "document", "outcome"})
@NullMarked
package org.tenderpoint.screening;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

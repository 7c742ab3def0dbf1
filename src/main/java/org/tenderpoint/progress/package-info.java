/**
 * The progress summary for the referring physician: is it helping, is it safe, what is asked. Start at
 * {@link org.tenderpoint.progress.ProgressSummary}; {@link org.tenderpoint.progress.ProgressReader} makes it from the
 * record and {@link org.tenderpoint.progress.ProgressDocument} a FHIR document from it.
 */
@ApplicationModule(
        allowedDependencies = {"issue", "access", "chart", "server", "observation", "outcome", "document", "page"})
@NullMarked
package org.tenderpoint.progress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** The FHIR REST server over the chart. Start at {@link FhirServer}. */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "guard"})
@NullMarked
package org.tenderpoint.server;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

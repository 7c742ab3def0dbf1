/** The FHIR REST server and the guards in front of it. */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart"})
@NullMarked
package org.tenderpoint.server;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** What is wrong with a request, said once and in FHIR words, and what fails behind the requests. Start at {@link Issue}. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.tenderpoint.issue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

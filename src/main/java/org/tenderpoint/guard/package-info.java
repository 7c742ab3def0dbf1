/**
 * What stands before the parser: a request is read under limits and held against FHIR's element definitions, so that
 * nothing is dropped silently and nothing explodes. Start at {@link BodyGuard}. What this server asks others for passes by
 * {@link Outbound}.
 */
@ApplicationModule(allowedDependencies = {"issue"})
@NullMarked
package org.tenderpoint.guard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

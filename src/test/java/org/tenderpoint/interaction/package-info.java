/** Each interaction of the FHIR RESTful API, told over HTTP on both databases. */
@NullMarked
package org.tenderpoint.interaction;

import org.jspecify.annotations.NullMarked;

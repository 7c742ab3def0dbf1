package org.tenderpoint.oracle.jpa;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * HAPI's JPA server over HTTP on a free port of this machine, over a PostgreSQL that goes with it, for as long as its standard input is
 * open: whoever started it need not live to stop it. Prints {@code ready <base URL>}.
 */
public final class HapiJpaServer {

    static final int LARGEST_PAGE = 10_000;

    private HapiJpaServer() {}

    public static void main(String[] arguments) throws Exception {
        var context = new AnnotationConfigApplicationContext(HapiJpaConfiguration.class);
        var server = new RestfulServer(context.getBean(FhirContext.class));
        server.registerProviders(context.getBean(ResourceProviderFactory.class).createProviders());
        server.registerProvider(context.getBean(JpaSystemProvider.class));
        var paging = context.getBean(DatabaseBackedPagingProvider.class);
        paging.setDefaultPageSize(LARGEST_PAGE);
        paging.setMaximumPageSize(LARGEST_PAGE);
        server.setPagingProvider(paging);
        // Asked for once, so that a server that cannot work does not say that it is ready.
        context.getBean(IFhirSystemDao.class);
        var tomcat = serve(server);
        System.out.println("ready http://localhost:" + tomcat.getConnector().getLocalPort() + "/fhir");
        waitForEndOfInput();
        tomcat.stop();
        context.close();
        System.exit(0);
    }

    private static Tomcat serve(RestfulServer server) throws Exception {
        var folder = Files.createTempDirectory("hapi-jpa");
        folder.toFile().deleteOnExit();
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("localhost");
        tomcat.setPort(Integer.getInteger("oracle.jpa.port", 0));
        // Searches are sent as they are written; "|" and the like are encoded by the client.
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var root = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(root, "fhir", server);
        root.addServletMappingDecoded("/fhir/*", "fhir");
        tomcat.start();
        return tomcat;
    }

    private static void waitForEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is said there
        }
    }
}

package org.tenderpoint.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leads out into the world, and what only seems to. */
class PublicAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "8.8.8.8",
                "100.63.0.1",
                "100.128.0.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.254",
                "192.0.1.1",
                "198.51.101.1",
                "203.0.112.1",
                "2001:2:1::1",
                "2001:2f::1",
                "2001:db9::1",
                "3fff:1000::1",
                "2606:2800:220:1::1",
                "2001:4860:4860::8888"
            })
    void publicAddressesMayBe(String address) throws Exception {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "127.0.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.255",
                "::1",
                "fd00::1",
                "2001::1",
                "2001:2::1",
                "2001:10::1",
                "2001:1f::1",
                "2001:db8::1",
                "2002::1",
                "3fff::1",
                "3fff:fff::1"
            })
    void thoseOfInsideMayNot(String address) throws Exception {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ehr.example.org/fhir/notify",
                "https://ehr.example.org",
                "HTTPS://EHR.example.org:8443/",
                "https://93.184.215.14/notify",
                "https://93.184.215.14:65535/notify",
                "https://0xcafe.example.org/",
                "https://[2606:2800:220:1::1]/notify"
            })
    void anAddressMayBeNamed(String url) {
        assertThat(PublicAddress.isNamedBy(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ehr.example.org/",
                "ftp://ehr.example.org/",
                "https:///notify",
                "notify",
                "mailto:me@example.org",
                "https://me:secret@ehr.example.org/",
                "https://me@ehr.example.org/",
                "https://ehr.example.org/?key=secret",
                "https://ehr.example.org/#secret",
                "https://localhost/",
                "https://LOCALHOST./",
                "https://a.localhost/",
                "https://printer/",
                "https://printer./",
                "https://printer.local/",
                "https://db.internal/",
                "https://router.home.arpa/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://93.184.0215.14/",
                "https://93.184.215.014/",
                "https://93.184.55054/",
                "https://93.184.215.14./",
                "https://203.0.113.9/",
                "https://[2001:db8::1]/",
                "https://ehr.example.org:0/",
                "https://ehr.example.org:65536/",
                "https://ehr.example.org:/",
                "https://ehr.test/",
                "https://ehr.invalid/",
                "https://ehr.onion./",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://10.0.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[fd00::1]/"
            })
    void anotherMayNot(String url) {
        assertThat(PublicAddress.isNamedBy(URI.create(url))).isFalse();
    }
}

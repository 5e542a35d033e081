package io.github.niotmp.clients.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Scenario;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.Serializer;
import net.sf.saxon.s9api.Xslt30Transformer;

@Client(name = "Saxon-HE", artifact = "net.sf.saxon:Saxon-HE")
class SaxonTest {
  @Scenario("transforms with an import, doc(), unparsed-text() and xsl:result-document")
  void transforms(Path root) throws Exception {
    Path below = Files.createDirectory(root.resolve("zwei Wörter"));
    Files.writeString(
        root.resolve("imported.xsl"),
        sheet("<xsl:template match='note'><out><xsl:value-of select='.'/></out></xsl:template>"));
    Files.writeString(below.resolve("other.xml"), "<note>Grüße</note>");
    Files.writeString(below.resolve("text.txt"), "a text");
    Path style =
        Files.writeString(
            below.resolve("style.xsl"),
            sheet(
                """
                <xsl:import href="../imported.xsl"/>
                <xsl:template name="xsl:initial-template">
                  <xsl:apply-templates select="doc('other.xml')/note"/>
                  <xsl:result-document href="second.xml">
                    <second><xsl:value-of select="unparsed-text('text.txt')"/></second>
                  </xsl:result-document>
                </xsl:template>
                """));
    Path result = below.resolve("result.xml");
    Processor processor = new Processor(false);
    Xslt30Transformer transformer =
        processor.newXsltCompiler().compile(new StreamSource(style.toUri().toString())).load30();
    transformer.setBaseOutputURI(result.toUri().toString());

    try (OutputStream out = Files.newOutputStream(result)) {
      Serializer serializer = processor.newSerializer(out);
      transformer.callTemplate(
          new QName("http://www.w3.org/1999/XSL/Transform", "initial-template"), serializer);
    }

    assertThat(Files.readString(result)).endsWith("<out>Grüße</out>");
    assertThat(Files.readString(below.resolve("second.xml"))).endsWith("<second>a text</second>");
  }

  private static String sheet(String content) {
    return "<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
        + content
        + "</xsl:stylesheet>";
  }
}

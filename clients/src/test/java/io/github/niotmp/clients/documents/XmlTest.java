package io.github.niotmp.clients.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.Scenario;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;

@Client(name = "java.xml")
class XmlTest {
  @Scenario("parses a document by its system id, with a DTD, an entity and an inclusion")
  void parsesBySystemId(Path root) throws Exception {
    Path below = Files.createDirectory(root.resolve("zwei Wörter"));
    Files.writeString(root.resolve("types.dtd"), "<!ELEMENT note ANY><!ENTITY name 'World'>");
    Files.writeString(below.resolve("part.txt"), "Hello, ");
    Files.writeString(root.resolve("included.xml"), "<included>Grüße</included>");
    Path file =
        Files.writeString(
            below.resolve("note.xml"),
            """
            <!DOCTYPE note SYSTEM "../types.dtd" [<!ENTITY part SYSTEM "part.txt">]>
            <note>&part;&name;<i:include xmlns:i="http://www.w3.org/2001/XInclude"
              href="../included.xml"/></note>
            """);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    factory.setXIncludeAware(true);

    Document document = factory.newDocumentBuilder().parse(file.toUri().toString());

    assertThat(document.getDocumentElement().getTextContent()).isEqualTo("Hello, WorldGrüße");
  }

  @Scenario("reads a stream of events with an external entity")
  void readsEvents(Path root) throws Exception {
    Files.writeString(root.resolve("part.txt"), "Hello");
    Path file =
        Files.writeString(
            root.resolve("note.xml"),
            "<!DOCTYPE note [<!ENTITY part SYSTEM 'part.txt'>]><note>&part;</note>");
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader reader = factory.createXMLStreamReader(file.toUri().toString(), in);
      while (!reader.isStartElement()) {
        reader.next();
      }
      assertThat(reader.getElementText()).isEqualTo("Hello");
      reader.close();
    }
  }

  @Scenario("transforms by a style sheet that imports and reads others")
  void transforms(Path root) throws Exception {
    Files.writeString(
        root.resolve("imported.xsl"),
        sheet("<xsl:template match='note'><out><xsl:value-of select='.'/></out></xsl:template>"));
    Path style =
        Files.writeString(
            root.resolve("style.xsl"),
            sheet(
                "<xsl:import href='imported.xsl'/><xsl:template match='/'>"
                    + "<xsl:apply-templates select=\"document('other.xml')/note\"/>"
                    + "</xsl:template>"));
    Files.writeString(root.resolve("other.xml"), "<note>Grüße</note>");
    Path file = Files.writeString(root.resolve("note.xml"), "<note/>");
    Path result = root.resolve("result.xml");

    try (OutputStream out = Files.newOutputStream(result)) {
      TransformerFactory.newDefaultInstance()
          .newTransformer(new StreamSource(style.toUri().toString()))
          .transform(new StreamSource(file.toUri().toString()), new StreamResult(out));
    }

    assertThat(Files.readString(result)).endsWith("<out>Grüße</out>");
  }

  @Limit(
      of = "java.xml",
      asks = "com.sun.org.apache.xalan.internal.xsltc.trax.TransformerImpl.getOutputHandler",
      fails = FileNotFoundException.class)
  @Scenario("writes the result of a transformation to a system id")
  void writesToASystemId(Path root) throws Exception {
    Path file = Files.writeString(root.resolve("note.xml"), "<note/>");
    Path result = root.resolve("result.xml");

    TransformerFactory.newDefaultInstance()
        .newTransformer()
        .transform(
            new StreamSource(file.toUri().toString()), new StreamResult(result.toUri().toString()));

    assertThat(Files.readString(result)).endsWith("<note/>");
  }

  @Scenario("validates against a schema that includes another one")
  void validates(Path root) throws Exception {
    Files.writeString(
        root.resolve("included.xsd"), schema("<xs:element name='number' type='xs:int'/>"));
    Path file =
        Files.writeString(
            root.resolve("schema.xsd"), schema("<xs:include schemaLocation='included.xsd'/>"));
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(file.toUri().toURL());
    Path valid = Files.writeString(root.resolve("valid.xml"), "<number>1</number>");

    schema.newValidator().validate(new StreamSource(valid.toUri().toString()));
  }

  private static String sheet(String content) {
    return "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
        + content
        + "</xsl:stylesheet>";
  }

  private static String schema(String content) {
    return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>" + content + "</xs:schema>";
  }
}

/** What Word (Microsoft 365, Windows) puts on the clipboard as HTML: headings, lists, a table, an image, a footnote. */
export const fromWord = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} @list l0:level1 {mso-level-number-format:bullet;} --></style></head>
<body lang=NL style='tab-interval:35.4pt'><!--StartFragment-->
<p class=MsoTitle>Verslag van de reis<o:p></o:p></p>
<h1 style='margin-top:12.0pt'><span style='mso-fareast-font-family:"Times New Roman"'>Aan boord<o:p></o:p></span></h1>
<p class=MsoNormal>“Het was <b style='mso-bidi-font-weight:normal'>koud</b>”,
zei <i>Mo</i>, en&nbsp;dat klopte<span style='mso-spacerun:yes'>  </span>wel.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>Touw<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:"Courier New";mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Dun touw<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>Anker<o:p></o:p></p>
<p class=MsoNormal>En dan:<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Bel <a href="https://nld01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ede.nl%2Fhaven%3Futm_source%3Dmail&amp;data=05%7C02">de haven</a><o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Vaar<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a><o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'><tr><td colspan=2 style='width:225pt'><p class=MsoNormal>Cijfers<o:p></o:p></p></td></tr>
<tr><td><p class=MsoNormal>2023</p></td><td><p class=MsoNormal align=right style='text-align:right'>12</p><p class=MsoNormal>deals</p></td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="Picture_1"><v:imagedata src="file:///C:/Users/Mo/AppData/Local/Temp/msohtmlclip1/01/clip_image001.png" o:title=""/></v:shape><![endif]--><![if !vml]><img width=300 height=200 src="file:///C:/Users/Mo/AppData/Local/Temp/msohtmlclip1/01/clip_image002.jpg" v:shapes="Picture_1"><![endif]><o:p></o:p></p>
<!--EndFragment--></body></html>`;

/** What a browser puts on the clipboard of a news page: styles computed into attributes, trackers, scripts, a layout. */
export const fromWeb = `<meta charset='utf-8'><div class="article" style="font-family: Inter; color: rgb(17, 17, 17)" onclick="track()">
<h1 style="font-size: 40px">Wat er leeft</h1><nav><a href="/menu">Menu</a></nav>
<h3 style="color:red">Straks</h3>
<p style="margin:0"><span style="font-weight: 700">Vet</span> en <span style="font-style: italic">schuin</span>,
<a href="https://www.voorbeeld.nl/a?id=3&amp;utm_source=nieuwsbrief&amp;utm_medium=email&amp;fbclid=Iw#kop" target="_blank" class="x">lees meer</a>
<a href="javascript:alert(1)">klik</a><script>alert(1)</script><img src="https://tracker.example/p.gif" width="1" height="1"></p>
<figure><img src="https://voorbeeld.nl/foto.jpg" width="640" height="400" alt="Foto"><figcaption>Een foto</figcaption></figure>
<table><thead><tr><th style="text-align:left">Jaar</th><th style="text-align:right">Aantal</th></tr></thead><tbody><tr><td>2024</td><td style="text-align:right">19</td></tr></tbody></table>
<div style="display:none">verborgen</div><iframe src="https://video.example"></iframe><ul><li>een<ul><li>twee</li></ul></li></ul><h6>Tot slot</h6></div>`;

/** What Google Docs puts there: everything within a "b" that is not bold. */
export const fromDocs = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-weight:400">Gewoon </span><span style="font-size:11pt;font-weight:700">vet</span></p><br /><ol><li dir="ltr" style="list-style-type:decimal" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400">Een</span></p></li></ol></b>`;

/** What another editor on ProseMirror (Confluence, say) puts there: the mark that ours has too, and what it likes. */
export const fromAnotherEditor = `<meta charset='utf-8'><h1 data-pm-slice="1 1 []">Kop van Confluence</h1><p style="color:red">Tekst met <u>streep</u> en <img src="https://tracker.example/p.gif" width="1" height="1"> pixel.</p><h2>Tweede</h2><p><a href="https://www.voorbeeld.nl/?utm_source=x&amp;fbclid=1">link</a></p><img src="https://voorbeeld.nl/foto.jpg" alt="Foto"><img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" alt="punt"><img src="file:///C:/x.png"><table><tbody><tr><td rowspan="2"><p>A</p><p>A2</p></td><td><p>B</p></td></tr><tr><td><p>C</p></td></tr></tbody></table><script>alert(1)</script>`;

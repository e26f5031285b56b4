/** Names as they occur in Dutch public service, to fill a wall with. */

const list = (text: string) => text.trim().split(/\s*,\s*/);

export const firstNames = list(`
  Jan, Anna, Piet, Maria, Kees, Johanna, Willem, Fatima, Mohammed, Sanne, Daan, Emma, Lucas, Julia, Bram, Sophie, Noor,
  Lotte, Thijs, Eva, Sem, Lieke, Jesse, Fleur, Ruben, Iris, Lars, Anouk, Tim, Maud, Joris, Femke, Bas, Marloes, Sander,
  Esther, Rob, Ingrid, Henk, Monique, Erik, Saskia, Peter, Wilma, Frank, Petra, Marcel, Yvonne, René, Zoë, José, André,
  Çiğdem, Özlem, Mehmet, Ayşe, Hasan, Amina, Youssef, Samira, Rachid, Naima, Sunil, Priya, Wei, Nguyễn, Łukasz, Agnieszka,
  Søren, Björn, Chloé, Loïs, Anaïs, Michaël, Daniëlle, Joëlle, Renée, Désirée, Jan-Willem, Anne-Marie, Pieter-Jan, Gerrit,
  Dirk, Hans, Marijke, Els, Ellen, Karin, Linda, Bianca, Wouter, Jeroen, Maarten, Floris, Casper, Nienke, Marieke, Hanneke,
  Jolanda, Annelies, Rianne, Tineke, Wim, Ton, Cor, Ad, Leo, Theo, Jos, Mieke, Ria, Truus, Corrie, Geert, Sjoerd, Tjitske,
  Fokke, Wiebe, Hylke, Sietske, Jelle, Nynke, Douwe, Froukje`);

export const lastNames = list(`
  de Jong, Jansen, de Vries, van den Berg, van Dijk, Bakker, Janssen, Visser, Smit, Meijer, de Boer, Mulder, de Groot, Bos,
  Vos, Peters, Hendriks, van Leeuwen, Dekker, Brouwer, de Wit, Dijkstra, Smits, de Graaf, van der Meer, van der Linden, Kok,
  Jacobs, de Haan, Vermeulen, van den Heuvel, van der Veen, van den Broek, de Bruijn, de Bruin, van der Heijden, Schouten,
  van Beek, Willems, van Vliet, van de Ven, Hoekstra, Maas, Verhoeven, Koster, van Dam, van der Wal, Prins, Blom, Huisman,
  Peeters, de Jonge, Kuipers, van Veen, Post, Kuiper, Veenstra, Kramer, van den Brink, Scholten, van Wijk, Postma, Martens,
  Vink, de Ruiter, Timmermans, Groen, Gerritsen, Jonker, van Loon, Boer, van der Velde, Willemsen, de Lange, de Vos,
  van Dongen, Schipper, de Koning, van der Laan, Koning, Driessen, van Doorn, Hermans, Evers, van den Bosch, van der Horst,
  Bosch, Bosman, Wolters, Sanders, Mol, Kuijpers, Molenaar, van de Pol, van Es, Zijlstra, Haverkamp, Nijhof, Öztürk, Yılmaz,
  El Amrani, Bouazza, Benali, Chaudhry, Ramdin, Tjon, Çelik, Şahin, Núñez, García, Müller, Kovač, Nowak, Dvořák, d’Hondt,
  Brugman, Terpstra, Wiersma, Hofstra, Sikkema, Bouwmeester, Roelofs, Elzinga, Kloosterman, Oosterhuis, Westerveld`);

export const roles = list(`
  adviseur, beleidsmedewerker, projectleider, wethouder, raadslid, directeur, jurist, onderzoeker, communicatieadviseur,
  programmamanager, wijkmanager, datascientist, ontwerper, secretaris, griffier, toezichthouder, teamleider, inkoper,
  gemeentesecretaris, strateeg, opbouwwerker, bestuursadviseur, trainer, klantmanager, vergunningverlener, architect`);

const beginnings = list(`
  Aal, Berg, Bever, Dalf, Dron, Eem, Gras, Haar, Heer, Kamp, Kerk, Land, Lang, Leer, Maas, Meer, Middel, Molen, Nieuw, Noord,
  Oost, Oud, Roden, Schoon, Steen, Veen, Vliet, Water, West, Wijk, Winter, Wolf, Woud, Zand, Zee, Zuid, Zwaag, IJssel, Pol`);
const ends = list(`
  beek, berg, broek, burg, dam, dijk, dorp, drecht, haven, heem, heuvel, hoek, horst, hout, huizen, kerk, laar, land, lo, meer,
  mond, oord, rode, rust, schoten, sloot, stad, stede, terp, um, vaart, veen, veld, voort, waard, wal, wijk, woude, zijl, zand,
  huis, poort, end, gaarde, hof, brug, markt, plein, sluis, toren, weide`);
const tails = list(
  "s, sma, stra, mans, ink, ing, inga, huis, ers, kamp, ma, hoff, man, sen, link, aar, ies, ema, eveld, ius",
);

/** Forty thousand last names of which each is rare. */
export const rareNames = beginnings.flatMap((one) =>
  ends.flatMap((end) => tails.map((tail) => one + end + tail)),
);

const kinds = list(`
  Gemeente, Gemeente, Gemeente, Provincie, Waterschap, GGD, Omgevingsdienst, Veiligheidsregio, Stichting, Hogeschool,
  Bibliotheek, Woningcorporatie, Rechtbank, Politie, Werkplaats, Onderwijsgroep, Zorggroep, Netwerk, Museum, Regio`);

const towns = list(`
  Amsterdam, Rotterdam, Den Haag, Utrecht, Eindhoven, Groningen, Tilburg, Almere, Breda, Nijmegen, Apeldoorn, Haarlem, Arnhem,
  Enschede, Amersfoort, Zaanstad, ’s-Hertogenbosch, Hoofddorp, Zwolle, Zoetermeer, Leiden, Leeuwarden, Maastricht, Dordrecht,
  Ede, Alphen, Alkmaar, Emmen, Delft, Venlo, Deventer, Sittard, Helmond, Oss, Heerlen, Amstelveen, Hilversum, Súdwest-Fryslân,
  Nissewaard, Westland, Purmerend, Schiedam, Lelystad, Roosendaal, Vlaardingen, Hoorn, Gouda, Assen, Almelo, Velsen, Zeist`);
/** About two thousand places, the large ones first. */
export const places = [...towns, ...beginnings.flatMap((one) => ends.map((end) => one + end))].slice(0, 2000);

/** Ten thousand organisations, those of the large places first. */
export const organisations = places
  .slice(0, 588)
  .flatMap((place) => [...new Set(kinds)].map((kind) => `${kind} ${place}`))
  .slice(0, 10_000);

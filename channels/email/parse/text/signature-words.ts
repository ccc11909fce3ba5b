/** The words of closings, of what phones add, of disclaimers and of contact details. */

const ADVERB =
  '(?:met|mit|with|avec|vriendelijke?|hartelijke?|beste|warme|zonnige|collegiale|sportieve|lieve|mooie|fijne|vele|veel|de|mes|mijn|my|our|kind|kindest|best|warm|warmest|many|freundlichen|freundliche|herzlichen|herzliche|besten|beste|schönen|schöne|lieben|liebe|viele|sonnigen|sonnige|mfg|sincères|meilleures|bien|cordiales|respectueuses)';
const CLOSING_CORE = [
  `(?:${ADVERB}[\\s-]+){0,4}(?:groet(?:en|jes)?|groetje|regards?|wishes|grüßen?|gruß|grüsse|gruss|gruessen?|salutations)`,
  `(?:vriendelijk|hartelijk|beleefd) gegroet`,
  'm\\.?\\s?v\\.?\\s?g\\.?|m\\.?\\s?vr\\.?\\s?gr\\.?|vr\\.?\\s?gr\\.?|h\\.?\\s?gr?\\.?|gr\\.?|grt\\.?|grtz|groetz|mfg|m\\.f\\.g\\.|lg|vg|bg|kr|br|rgds|rgrds',
  'hoogachtend|met de meeste hoogachting|met hoogachting|tot (?:ziens|snel|gauw|dan|morgen|maandag)|liefs|xx+',
  '(?:yours|your) (?:sincerely|faithfully|truly)|sincerely(?: yours)?|cheers|(?:all the )?best|take care|cordially|respectfully(?: yours)?|warmly',
  'hochachtungsvoll|bis (?:dann|bald)|(?:bien )?cordialement|(?:bien )?amicalement|sincèrement|respectueusement|à bientôt|bonne (?:journée|soirée|réception)|cdlt|cdt|saluti|cordiali saluti|un saludo|saludos',
  '(?:veuillez agréer|je vous prie d.agréer|recevez)[^.\\n]{0,120}(?:salutations|sentiments)[^.\\n]{0,60}',
  '(?:(?:med|de|många|mange|bedste|beste|bästa|varma?|kærlige?|hjertelige?|venlige?|vennlige?|vänliga?)\\s+){0,3}(?:hilsen|hilsener|hälsning(?:ar)?)|mvh|m\\.v\\.h\\.?|vh|kh|dbh',
  '(?:serdecznie )?pozdrawiam(?: serdecznie)?|(?:z )?pozdrowieni(?:a|ami)|z (?:poważaniem|powazaniem|wyrazami szacunku)|s (?:přátelským )?pozdravem|(?:ystävällisin )?terveisin|saygılarımla',
  '(?:cordiali|distinti|cari|tanti) saluti|un (?:caro saluto|saluto|cordial saludo)|cordialmente|atentamente|saludos cordiales|un abrazo|(?:com os )?(?:melhores )?cumprimentos|atenciosamente|abraços',
].join('|');
const FROM_PLACE = '(?:\\s+(?:uit|from|aus|van|namens|on behalf of|im namen|von|de la part de)\\s+[^.!?\\n]{2,60})?';
const NAME = "(?:\\p{Lu}[\\p{L}.'’-]{0,30}|van|de|der|den|het|ter|ten|von|zu|du|la|le|en|and|und|et|\\p{Ll}{2,15})";

/** "Met vriendelijke groet," alone on its line. */
export const CLOSING = new RegExp(
  `^\\s*(?:${CLOSING_CORE})(?:\\s{0,3}[/|,&–-]\\s{0,3}(?:${CLOSING_CORE}))?${FROM_PLACE}[\\s,.!:;)\\p{Extended_Pictographic}\\u200d\\ufe0f-]{0,20}$`,
  'iu',
);

/** "Groet Jan", "Mvg, Jan de Vries" on one line. */
export const CLOSING_WITH_NAME = new RegExp(
  `^\\s*(?:${CLOSING_CORE})\\s*[,.:;-]?\\s+(?<name>${NAME}(?:\\s+${NAME}){0,4})\\s*[,.!]?\\s*$`,
  'iu',
);

/** "Alvast bedankt," which is a closing when only a name follows. */
export const THANKS =
  /^\s*(?:alvast )?(?:(?:heel )?(?:erg )?(?:hartelijk )?(?:bedankt|dank(?: je| u)?(?: wel)?|dankjewel|dankuwel)(?: alvast)?|bvd|b\.v\.d\.?|thanks(?: again| a lot| so much| in advance| and regards)?|many thanks|thank you(?: so much| very much| in advance)?|thx|tia|danke(?: schön| sehr)?|vielen dank(?: im voraus)?|besten dank|merci(?: beaucoup| d'avance| par avance)?|thanks,? (?:and )?(?:kind |best )?regards|(?:hartelijk )?dank en (?:vriendelijke )?groet(?:en)?)\s*[,.!]?\s*$/i;

/** What phones and programs add. */
export const SENT_FROM =
  /^\s*[-_*(\s]{0,4}(?:(?:verstuurd|verzonden|gestuurd|geschreven|sent|posted|gesendet|versendet|envoyé|inviato|enviado|skickat|sendt|wysłane)\s+(?:(?:vanaf|vanuit|met|via|van|door|from|with|using|by|mit|von|aus|depuis|de|à partir de|da|desde|från|fra|z)\s)(?:(?:(?:mijn|my|meinem|meiner|mon|ma|mi|il mio|een|the|a|l['’]?)\s*)?(?:\S{1,25}\s){0,6}\S{1,40})|von meinem \S{1,30}(?: \S{1,20}){0,4} (?:gesendet|versendet|aus gesendet)|(?:get|download(?:en)?|téléchargez|obtenir|holen sie sich|outlook (?:für|voor|pour|for)) .{0,20}(?:outlook|ios|android|mobile).{0,60}|outlook (?:voor|für|pour|for) (?:ios|android|mac|windows).{0,60}|diese nachricht wurde von meinem .{1,60} gesendet.?|van mijn \S{1,30}(?: \S{1,20}){0,3} (?:verzonden|verstuurd)|yahoo mail: .{0,60}|via mobile|(?:via|on) the go|sent via .{1,40}|tapped from .{1,40})\s*[)_*.!]{0,3}\s*$/i;

/** What such a line names; "Sent from my office I saw ..." does not. */
export const DEVICE =
  /iphone|ipad|ipod|android|samsung|galaxy|outlook|mail|blackberry|phone|telefoon|handy|mobile|mobiel|mobil|toestel|device|gerät|windows|yahoo|gmail|proton|huawei|xiaomi|redmi|oneplus|nokia|sony|htc|pixel|smartphone|tablet|surface|app\b|appareil|portable|sparrow|spark|airmail|thunderbird|telephone|gsm|mac\b|workspace|boxer|nine|bluemail/i;

export const DISCLAIMER =
  /\b(?:disclaimer|proclaimer|vertrouwelijk(?:e|heid)?|confidential(?:ity|ité)?|confidentiel(?:le)?s?|vertraulich\w*|uitsluitend bestemd|intended (?:only|solely|recipient)|solely for|bestemd voor de (?:geadresseerde|ontvanger)|geadresseerde|abusievelijk|ten onrechte ontv|in error|irrtümlich|destinataire|adressat(?:en)?|geen rechten (?:worden )?ontleend|geen aansprakelijkheid|no liability|denk aan het milieu|consider the environment|milieu .{0,40}print|print(?:en|ing)? (?:this|deze|dit) (?:e-?mail|mail|bericht)|think before you print|umwelt|pensez à l['’]environnement|scanned (?:by|for)|virus(?:es|sen)?|malware|avg\.com|avast|kvk|k\.v\.k\.|chamber of commerce|handelsregister|geschäftsführer|amtsgericht|ust-?id|registered in england|btw-?nr)\b/i;

/** Phone numbers, addresses, links: what contact details are made of. */
export const CONTACT =
  /(?:\+|\b00)\d[\d\s().-]{7,16}\d|\b0\d[\d\s()./-]{6,14}\d|\(\d{2,5}\)\s?\d[\d\s.-]{4,12}|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b[\w.+-]{1,64}@[\w-]{1,60}\.[\w.-]{2,60}|\b(?:https?:\/\/|www\.)\S+|\b\d{4}\s?[A-Z]{2}\b|^\s*(?:t|tel|m|mob|mobiel|mobile|telefoon|phone|e|email|e-mail|mail|i|w|web|website|fax|f|skype|linkedin|twitter|bezoekadres|postadres|postbus|adres|address|werkdagen|aanwezig|working days|bereikbaar)\b\s*[.:|]|\b(?:postbus|p\.?o\.? box|postfach)\s\d+|\b(?:werkdagen|aanwezig op|niet aanwezig op|working days|bereikbaar op)\b/i;

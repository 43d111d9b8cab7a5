/**
 * Words that WhatsApp puts in place of what a message held, in the languages of the app: deleted messages,
 * media that an export leaves out, files beside it. The app's own wording; facts, no messages of people.
 * Whole texts, in lower case, without direction marks and the full stop at their end.
 */
import type { MessageKind } from '../../../domain/message.ts';

const lines = (list: string): string[] => list.split('|').map((line) => line.trim());

/** In place of a deleted message, to its sender and to the others. */
export const DELETED: ReadonlySet<string> = new Set(
  lines(
    'this message was deleted|you deleted this message|this message was deleted by an admin|you deleted this message as admin|' +
      'message deleted|diese nachricht wurde gelöscht|du hast diese nachricht gelöscht|se eliminó este mensaje|' +
      'este mensaje fue eliminado|eliminaste este mensaje|ce message a été supprimé|vous avez supprimé ce message|' +
      'mensagem apagada|essa mensagem foi apagada|esta mensagem foi apagada|esta mensagem foi eliminada|' +
      'esta mensagem foi apagada pelo remetente|você apagou esta mensagem|apagou esta mensagem|' +
      'questo messaggio è stato eliminato|hai eliminato questo messaggio|данное сообщение удалено|это сообщение удалено|' +
      'вы удалили данное сообщение|вы удалили это сообщение|це повідомлення було видалено|ви видалили це повідомлення|' +
      'このメッセージは削除されました|このメッセージを削除しました|이 메시지는 삭제되었습니다|삭제된 메시지입니다|삭제한 메시지입니다|' +
      '이 메시지를 삭제했습니다|这条消息已被删除|这条消息已删除|此消息已被删除|此消息已删除|信息已删除|您已删除这条消息|您删除了这条消息|' +
      '你删除了这条消息|您已删除此消息|你已删除此消息|您删除这个信息|此訊息已刪除|此訊息已被刪除|這則訊息已刪除|你已刪除此訊息|您已刪除此訊息|' +
      'dit bericht is verwijderd|je hebt dit bericht verwijderd|u hebt dit bericht verwijderd|bu mesaj silindi|' +
      'bu mesajı sildiniz|pesan ini telah dihapus|pesan ini dihapus|anda telah menghapus pesan ini|anda menghapus pesan ini|' +
      'mesej ini telah dipadam|anda telah memadamkan mesej ini|تم حذف هذه الرسالة|لقد حذفت هذه الرسالة|لقد حذَفت هذه الرسالة|' +
      'أنت حذفت هذه الرسالة|حذفت هذه الرسالة|این پیام حذف شده است|این پیام حذف شد|شما این پیام را حذف کردید|' +
      'یہ میسج حذف کر دیا گیا ہے|یہ پیغام حذف کیا گیا|آپ نے یہ میسج حذف کر دیا ہے|آپ نے اس پیغام کو حذف کیا|הודעה זו נמחקה|' +
      'מחקת הודעה זו|מחקת את ההודעה הזו|यह मैसेज डिलीट कर दिया गया है|यह संदेश मिटाया गया|आपने यह मैसेज डिलीट किया|' +
      'आपने यह संदेश मिटाया|हा मेसेज हटवण्यात आला|तुम्ही हा मेसेज हटवला|এই মেসেজটি বাদ দেওয়া হয়েছে|আপনি এই মেসেজটি বাদ দিয়েছেন|' +
      'এই বার্তাটি মুছে ফেলা হয়েছে|আপনি এই বার্তাটি মুছে ফেলেছেন|આ મેસેજ ડિલીટ કરાયો|તમે આ મેસેજ ડિલીટ કર્યો|ਇਸ ਸੁਨੇਹੇ ਨੂੰ ਹਟਾਇਆ ਗਿਆ|' +
      'ਤੁਸੀਂ ਇਹ ਸੁਨੇਹਾ ਹਟਾਇਆ|இத்தகவலை தாங்கள் அழித்தீர்கள்|ಈ ಸಂದೇಶವು ಅಳಿಸಲ್ಪಟ್ಟಿದೆ|ഈ സന്ദേശം ഇല്ലാതാക്കിയതാണ്|' +
      'ข้อความนี้ถูกลบแล้ว|ข้อความนี้ได้ถูกลบ|คุณได้ลบข้อความนี้|คุณลบข้อความนี้|tin nhắn này đã bị xóa|tin nhắn này đã bị xoá|' +
      'bạn đã xóa tin nhắn này|bạn đã xoá tin nhắn này|ta wiadomość została usunięta|usunąłeś(-ęłaś) tę wiadomość|' +
      'usunąłeś(aś) tę wiadomość|usunięto tę wiadomość|tato zpráva byla smazána|tato zpráva byla odstraněna|tuto zprávu jste smazal/a|' +
      'tuto zprávu jste odstranil/a|táto správa bola odstránená|túto správu ste odstránili|ez az üzenet törlésre került|' +
      'törölted ezt az üzenetet|ezt az üzenetet törölted|acest mesaj a fost șters|ați șters acest mesaj|ova je poruka izbrisana|' +
      'ova poruka je izbrisana|izbrisali ste ovu poruku|ова порука је обрисана|to sporočilo je bilo izbrisano|to sporočilo ste izbrisali|' +
      'съобщението беше изтрито|изтрихте това съобщение|αυτό το μήνυμα διαγράφηκε|διαγράψατε αυτό το μήνυμα|διαγράψατε το μήνυμα|' +
      'det här meddelandet raderades|detta meddelande raderades|du raderade det här meddelandet|du raderade detta meddelande|' +
      'du har tagit bort meddelandet|denne meldingen ble slettet|du slettet denne meldingen|denne besked er blevet slettet|' +
      'denne besked blev slettet|du har slettet denne besked|du slettede denne besked|tämä viesti poistettiin|poistit tämän viestin|' +
      "aquest missatge s'ha suprimit|has suprimit aquest missatge|aquest missatge està esborrat|has esborrat aquest missatge|" +
      'see sõnum on kustutatud|šī ziņa tika izdzēsta|ši žinutė buvo ištrinta|ujumbe huu ulifutwa|itong mensahe ay binura na|' +
      'hierdie boodskap was uitgevee|ushbu xabar o‘chirildi|бұл хат жойылды|mesazhi u fshi',
  ),
);

/** In place of media that the export leaves out, by what they were (iOS). */
export const OMITTED: ReadonlyMap<string, MessageKind> = new Map(
  (
    [
      [
        'image',
        'image omitted|התמונה הושמטה|изображение отсутствует|image absente|immagine omessa|imagem não revelada|imagem ocultada|' +
          'imagen omitida|εικόνα παραλείφθηκε|зображення відсутнє|bild weggelassen|لم يتم إدراج الصورة|ইমেজ বাদ দেওয়া হয়েছে|圖片已略去|' +
          '圖像已省略|图像已忽略|照片已忽略|图片已省略|圖片已省略|đã bỏ qua hình ảnh|تصویر نکال دی گئی ہے|görüntü dahil edilmedi|ไม่มีรูปภาพ|' +
          'bild utesluten|obrázok vynechaný|obraz pominięty|imagine omisă|afbeelding weggelaten|bilde ikke inkludert|' +
          'imej tidak dimasukkan|इमेज वगळली|이미지 생략됨|画像は含まれていません|画像は省略されました|kép küldése sikertelen|gambar tidak disertakan|' +
          'slika izostavljena|फ़ोटो हटाई गई|છબી પડતી મૂકાઈ|ei kuvaa|تصویر حذف شد|billede udeladt|obrázek vynechán|imatge omesa',
      ],
      [
        'video',
        'video omitted|video note omitted|סרטון הווידאו הושמט|видео отсутствует|vidéo absente|video omesso|vídeo não revelado|video omitido|' +
          'vídeo omitido|βίντεο παραλείφθηκε|відео відсутнє|video weggelassen|لم يتم إدراج الفيديوهات|ভিডিও বাদ দেওয়া হয়েছে|影片已略去|' +
          '影片已省略|视频已忽略|视频已省略|đã bỏ video|ویڈیو نظرانداز|video dahil edilmedi|วิดีโอถูกลบ|video utesluten|video vynechané|' +
          'wideo pominięte|clip video omis|video weggelaten|video utelatt|video tidak dimasukkan|व्हिडीओ वगळला|비디오 생략됨|동영상 생략됨|' +
          'ビデオは含まれていません|動画は省略されました|videó kihagyva|video tidak disertakan|video izostavljen|वीडियो छोड़ा गया|વિડિયો પડતી મુકાઈ|' +
          'videota ei sisällytetä|ویدیو حذف شد|video udeladt|video vynecháno|vídeo omès|gif omitted|gif הושמט|gif отсутствует|gif retiré|' +
          'gif esclusa|gif não revelada|gif omitido|gif omitida|παράληψη gif|gif-анімацію пропущено|gif weggelassen|لم يتم إدراج صورة gif|' +
          'gif 已略去|gif已略去|gif 圖片已被省略|gif 动态图已被忽略|đã bỏ qua ảnh gif|gif dahil edilmedi|ละเว้น gif|gif utesluten|gif vynechaný|' +
          'plik gif pominięty|gif omis|gif weggelaten|gif utelatt|gif tidak dimasukkan|gif वगळले|gif 생략됨|gifは含まれていません|' +
          'gif fájl kihagyása|gif tidak disertakan|gif izostavljen|gif छोड़ा गया|gif udeladt|gif vynechán|gif omès',
      ],
      [
        'voice',
        'audio omitted|קטע קול הושמט|аудиофайл отсутствует|аудио отсутствует|audio omis|audio omesso|ficheiro de áudio não revelado|' +
          'áudio ocultado|audio omitido|ήχος παραλείφθηκε|аудіо відсутнє|audio weggelassen|لم يتم إدراج المقاطع الصوتية|অডিও বাদ দেওয়া হয়েছে|' +
          '音訊已略去|音訊已省略|语音已忽略|音频已忽略|音频已省略|bỏ qua tệp âm thanh|آڈیو نظرانداز|ses dahil edilmedi|ไม่มีไฟล์เสียง|ljud utelslutet|' +
          'zvuk vynechaný|audio pominięte|fără audio|audio weggelaten|lyd utelatt|audio tidak dimasukkan|ऑडिओ वगळला|오디오 생략됨|' +
          '音声は含まれていません|hang kihagyása|audio tidak disertakan|zvuk izostavljen|ऑडियो हटाई गयी|ઓડિયો ફાઇલ શામેલ કરી નથી|' +
          'äänitiedostoa ei sisällytetä|صدا حذف شد|lyd udeladt|zvukový soubor vynechán|àudio omès',
      ],
      [
        'sticker',
        'sticker omitted|סטיקר הושמט|стикер не добавлен|стикер отсутствует|sticker omis|sticker non incluso|sticker omesso|' +
          'sticker não revelado|figurinha omitida|sticker omitido|αυτοκόλλητο παραλήφθηκε|наклейку не додано|sticker weggelassen|' +
          'تم حذف الملصقات|স্টিকার বাদ দেওয়া হয়েছে|貼圖已略去|貼圖已忽略|贴图已省略|贴图已忽略|đã bỏ sticker|اسٹیکر نظرانداز|çıkartma dahil edilmedi|' +
          'ไม่มีสติกเกอร์|sticker utesluten|nálepka vynechaná|pominięto naklejkę|sticker weggelaten|klistremerke utelatt|' +
          'pelekat tidak disertakan|स्टिकर वगळले|스티커 제외됨|스티커 생략됨|スタンプは含まれていません|matrica kihagyva|stiker tidak disertakan|' +
          'naljepnica izostavljena|स्टिकर छोड़ा गया|સ્ટીકર પડતું મુકાયું|tarraa ei sisällytetty|استیکر حذف شد|klistermærke udeladt|' +
          'nálepka vynechána|adhesiu omès',
      ],
      [
        'contact',
        'contact card omitted|כרטיס איש קשר הושמט|карточка контакта отсутствует|fiche contact manquante|scheda contatto omessa|' +
          'contacto não revelado|cartão do contato omitido|tarjeta de contacto omitida|η κάρτα επαφής παραλήφθηκε|картка контакту відсутня|' +
          'kontaktkarte ausgelassen|kontaktkarte weggelassen|لم يتم إدراج بطاقة جهة اتصال|পরিচিতির কার্ড বাদ দেওয়া হয়েছে|聯絡人卡片已略去|' +
          '聯絡人卡片已省略|联系人卡片已忽略|bỏ qua thẻ liên lạc|رابطہ کارڈ نظر انداز|kişi kartı dahil edilmedi|บัตรรายชื่อที่ละเว้น|' +
          'kontaktkort uteslutet|karta kontaktu vynechaná|pominięta wizytówka kontaktu|carte de vizită contact omisă|' +
          'visitekaartje weggelaten|kontaktkort sløyfet|kad kenalan tidak dimasukkan|संपर्क कार्ड वगळले|연락처 카드 생략됨|' +
          '連絡先カードを省略|névjegykártya kihagyva|kartu kontak tidak disertakan|posjetnica izostavljena|कॉन्टैक्ट कार्ड छोड़ा गया|' +
          'yhteystietokortti jätettiin pois|برگ مخاطب حذف شد|kontaktkort udeladt|vizitka vynechána|targeta de contacte omesa',
      ],
    ] as const
  ).flatMap(([kind, list]) => lines(list).map((line): [string, MessageKind] => [line, kind])),
);

/** The same of documents; the file's name and its pages stand before it. */
export const DOCUMENT_OMITTED =
  /(?:^|[\s\u200e\u200f])(?:document omitted|מסמך הושמט|документ (?:отсутствует|пропущено)|document (?:manquant|omis|weggelaten)|documento (?:omesso|não revelado|ocultado|omitido)|έγγραφο παραλείφθηκε|dokument (?:weggelassen|uteslutet|vynechaný|vynechán|pominięty|izostavljen|udeladt)|utelatt dokument|لم يتم إدراج المستند|ডকুমেন্ট বাদ দেওয়া হয়েছে|(?:文件|文档|檔案|档案)已(?:略去|忽略|省略)|đã bỏ qua tài liệu|دستاویز نظرانداز|belge dahil edilmedi|ละเว้นเอกสาร|dokumen tidak (?:dimasukkan|disertakan)|डॉक्युमेंट वगळले|डॉक्यूमेंट छोड़ा गया|문서 생략됨|ドキュメントは含まれていません|dokumentum kihagyva|ડોક્યુમેન્ટ સામેલ કર્યું નહિ|dokumenttia ei sisällytetä|سند حذف شد|document omès)$/i;

/** What Android writes between angle brackets for any media left out, beyond the words for leaving out. */
export const MEDIA_LEFT_OUT: ReadonlySet<string> = new Set(
  lines(
    'media omitted|без медиафайлов|файл пропущен|медиа отсутствует|медіа пропущено|медіа відсутня|медіафайли відсутнє|मीडिया के बिना|' +
      'मीडिया वगळले|મીડિયા અવગણાયું|ਮੀਡੀਆ ਛੱਡਿਆ ਗਿਆ|মিডিয়া বাদ দেওয়া হয়েছে|மீடியா நீக்கப்பட்டது|ஊடகங்கள் நீக்கப்பட்டது|ಮೀಡಿಯಾ ಕೈಬಿಡಲಾಗಿದೆ|' +
      'മീഡിയ ഒഴിവാക്കി|మాధ్యమం విస్మరించబడింది|میڈیا چھوڑ دیا گیا|پيوست نما/آهنگ حذف شد|رسانه حذف شد|สื่อถูกลบ|ไม่รวมไฟล์สื่อ|bỏ qua media|' +
      'medya atlanmış|medya çıkarıldı|media çıxarılmışdır|fayl o‘tkazib yuborildi|файл қосылған жоқ|pliki pominięto|pominięto multimedia|' +
      'médiá vynechané|média vynechána|média vynechány|bez multivides|praleistas medijos turinys|meedia ära jäetud|medij izpuščen|' +
      'medijski zapis izostavljen|медији су изостављени|без файл|без фајл|hiányzó médiafájl|conținut media omis|εξαίρεση πολυμέσων|' +
      'uten vedlegg|media har utelämnats|mediefil udeladt|media utelatt|media jätetty pois|fichier omis|médias absente|média manquante|' +
      'archivo omitido|mitjans omesos|ficheiro não revelado|arquivo de mídia oculto|media mancante|media disingkirkan|media imerukwa|' +
      'walang kalakip na media|pa media|media weggelaat|מדיה הושמטה|מדיה הושמט|המדיה לא נכללה|המדיה הושמטה|המדיה הוסרה|미디어 파일을 생략한 대화내용|' +
      'メディアなし|媒體已略去|省略多媒體檔|已省略多媒體檔案|忽略多媒體檔|省略多媒体文件',
  ),
);

/** What stands in parentheses behind the name of a file beside the export (Android). */
export const FILE_ATTACHED: ReadonlySet<string> = new Set(
  lines(
    'file attached|datei angehängt|archivo adjunto|archivo adjuntado|fichier joint|arquivo anexado|ficheiro anexado|file allegato|' +
      'bestand bijgevoegd|файл добавлен|файл прикреплен|файл додано|прикачен файл|прикачена датотека|прикачен фајл|қосымша файл|' +
      '文件附件|附加文件|已附加文件|附加檔案|檔案已附加|附件檔案|附件|ファイル添付|添付ファイル|添付ファイル有り|파일 첨부됨|dosya ekli|file terlampir|' +
      'fail dilampirkan|الملف مرفق|ملف مرفق|پیوستہ فائل|پیوست شد|קובץ מצורף|फ़ाइल अटैच कर दी गई है|फाइल अटैच कर दी गई है|फाइल संलग्न|ফাইল সংযুক্ত হয়েছে|' +
      'ફાઇલ જોડાયેલ|ਅਟੈਚ ਕੀਤੀ ਫਾਇਲ|ಕಡತ ಸೇರಿಸಲಾಯಿತು|ഫയൽ ചേർത്തു|ఫైల్ జోడించబడినది|ไฟล์ที่แนบ|tệp đính kèm|załączony plik|soubor byl přiložen|' +
      'súbor pripojený|fájl csatolva|fișier atașat|priložena datoteka|datoteka u privitku|συνημμένο αρχείο|bifogad fil|vedlagt fil|' +
      'fil vedhæftet|liitetiedosto|fail lisatud|pievienots fails|byla prisegta|arxiu adjunt|skedë e ngjitur|faili limeambatanishwa|' +
      'lêer aangeheg|fayl biriktirildi|fayl əlavə olunub|nakalakip na file',
  ),
);

/** Calls that nobody took. */
export const MISSED_CALLS: ReadonlySet<string> = new Set(
  lines(
    'missed voice call|missed video call|missed group voice call|missed group video call|verpasster sprachanruf|verpasster videoanruf|' +
      'llamada perdida|llamada de voz perdida|videollamada perdida|appel vocal manqué|appel vidéo manqué|chamada de voz perdida|' +
      'chamada de vídeo perdida|videochamada perdida|ligação de voz perdida|ligação de vídeo perdida|ligação perdida|chamada perdida|' +
      'chiamata vocale persa|videochiamata persa|пропущенный аудиозвонок|' +
      'пропущенный видеозвонок|пропущений аудіодзвінок|пропущений відеодзвінок|gemist spraakgesprek|gemist videogesprek|' +
      'cevapsız sesli arama|cevapsız görüntülü arama|مكالمة صوتية فائتة|مكالمة فيديو فائتة|تماس صوتی پاسخ داده نشده|' +
      'שיחה קולית שלא נענתה|שיחת וידאו שלא נענתה|वॉइस कॉल मिस हुई|मिस्ड वॉइस कॉल|मिस्ड वीडियो कॉल|panggilan suara tak terjawab|' +
      'panggilan video tak terjawab|panggilan suara terlepas|panggilan video terlepas|不在着信|音声通話不在着信|ビデオ通話不在着信|부재중 전화|' +
      '부재중 영상통화|未接語音通話|未接视频通话|未接语音通话|未接視像通話|未接視訊通話|cuộc gọi nhỡ|cuộc gọi nhỡ video|สายที่ไม่ได้รับ|วิดีโอคอลที่ไม่ได้รับ|' +
      'nieodebrane połączenie|nieodebrane połączenie głosowe|nieodebrane połączenie wideo|zmeškaný hovor|zmeškaný hlasový hovor|' +
      'zmeškaný videohovor|nem fogadott hanghívás|nem fogadott videohívás|missat röstsamtal|missat videosamtal|tapt taleanrop|' +
      'ubesvaret taleopkald|vastaamaton äänipuhelu|αναπάντητη φωνητική κλήση|αναπάντητη βιντεοκλήση|trucada de veu perduda',
  ),
);

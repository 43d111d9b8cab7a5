/**
 * What WhatsApp's notices about a group report, in the languages that exports were seen in: who made
 * it, who brought whom in or sent them away, who came by a link, who left, what it is called now.
 */
import { type ChatEvent, type EventPattern, eventOf } from '../../chat-event.ts';

const ANY = '(?<actor>.{1,100}?)';
const THEM = '(?<targets>.{1,300}?)';
const NAME = '["“”„«「『]\\s?(?<name>.{1,120}?)\\s?["“”»」』]';

function patterns(act: ChatEvent['act'], ...sources: readonly string[]): EventPattern[] {
  return sources.map((source) => ({ act, pattern: new RegExp(`^${source}$`, 'i') }));
}

/** In order: a sentence that names somebody in the passive stands before the one that would take it apart. */
const EVENTS: readonly EventPattern[] = [
  ...patterns(
    'create',
    `${ANY} created (?:this )?group(?: ${NAME})?\\.?`,
    `${ANY}\\s?(?:创建了(?:此)?群组|建立了群組|已建立群組)\\s?(?:${NAME})?。?`,
    `${ANY} hat die Gruppe ${NAME} erstellt\\.?`,
    `${ANY} (?:creó|ha creado) el grupo ${NAME}\\.?`,
    `${ANY} a créé le groupe ${NAME}\\.?`,
    `${ANY} criou o grupo ${NAME}\\.?`,
    `${ANY} ha creato il gruppo ${NAME}\\.?`,
    `${ANY}(?:さん)?がグループ${NAME}を作成しました。?`,
    `${ANY}님이 ${NAME} ?그룹을 (?:만들었습니다|생성했습니다)\\.?`,
    `${ANY} создал(?:\\(-?а\\)|а)? группу ${NAME}\\.?`,
    `${ANY},? ${NAME} grubunu oluşturdu\\.?`,
    `${ANY} heeft de groep ${NAME} (?:ge|aange)maakt\\.?`,
    `${ANY} membuat grup ${NAME}\\.?`,
  ),
  ...patterns(
    'join',
    `${ANY} joined (?:using|from|via) .{1,120}`,
    `${ANY}\\s?(?:使用|通过|透過|經由|经由).{1,60}(?:链接|連結|社群|社区)(?:已)?加入.{0,12}`,
    `${ANY}\\s?已?(?:加入了(?:此|本)?群(?:组|組)|已加入(?:此|本)?群(?:组|組))。?`,
    `${ANY} ist (?:der Gruppe )?(?:mit|über|per) .{1,100} beigetreten\\.?`,
    `${ANY} se unió (?:usando|con|mediante|desde) .{1,100}`,
    `${ANY} a rejoint (?:le groupe )?(?:via|en utilisant|à l['’]aide) .{1,100}`,
    `${ANY} entrou (?:usando|no grupo usando|através|com|pelo) .{1,100}`,
    `${ANY} (?:è entrat[oa]|si è unit[oa]) .{1,100}(?:link|invito).{0,60}`,
    `${ANY}(?:さん)?が(?:グループの)?招待リンク.{1,30}参加しました。?`,
    `${ANY}님이 .{0,40}(?:초대 링크|링크).{1,30}(?:참여|참가|입장)했습니다\\.?`,
  ),
  ...patterns(
    'invite',
    `${THEM} (?:was|were) added\\.?`,
    `${ANY} added ${THEM}(?: to the group)?\\.?`,
    `${ANY}\\s?(?:添加了|已添加|新增了|已新增|将|將|邀請了|邀请了)\\s?${THEM}(?:加入群(?:组|組)|加入)?。?`,
    `${THEM} wurden? hinzugefügt\\.?`,
    `${ANY} hat ${THEM} hinzugefügt\\.?`,
    `(?:se )?(?:añadió|agregó) a ${THEM}\\.?`,
    `${ANY} (?:añadió|agregó|ha añadido) a ${THEM}\\.?`,
    `${THEM} (?:a été ajoutée?|ont été ajoutés)\\.?`,
    `${ANY} a ajouté ${THEM}\\.?`,
    `${THEM} fo(?:i|ram) adicionad[oa]s?\\.?`,
    `${ANY} adicionou ${THEM}\\.?`,
    `${THEM} (?:è stat[oa] aggiunt[oa]|sono stat[ie] aggiunt[ie])\\.?`,
    `${ANY} ha aggiunto ${THEM}\\.?`,
    `${ANY}(?:さん)?が${THEM}(?:さん)?を追加しました。?`,
    `${ANY}님이 ${THEM}님을 (?:추가|초대)(?:했|하셨|하였)습니다\\.?`,
    `${ANY} добавил(?:\\(-?а\\)|а)? ${THEM}\\.?`,
    `${ANY} heeft ${THEM} toegevoegd\\.?`,
    `${ANY} menambahkan ${THEM}\\.?`,
    `${ANY},? ${THEM} (?:kişisini|adlı kişiyi) ekledi\\.?`,
  ),
  ...patterns(
    'remove',
    `${ANY} removed ${THEM}(?: from the group)?\\.?`,
    `${ANY}\\s?(?:移除了|已移除|删除了|踢出了)\\s?${THEM}。?`,
    `${ANY} hat ${THEM} entfernt\\.?`,
    `${ANY} (?:eliminó|ha eliminado|quitó|sacó) a ${THEM}\\.?`,
    `${ANY} a (?:retiré|supprimé|exclu) ${THEM}\\.?`,
    `${ANY} removeu ${THEM}\\.?`,
    `${ANY} ha rimosso ${THEM}\\.?`,
    `${ANY}(?:さん)?が${THEM}(?:さん)?を(?:削除|退出させ)(?:しました|ました)。?`,
    `${ANY}님이 ${THEM}님을 (?:내보냈|삭제했|제거했|내보내셨)습니다\\.?`,
    `${ANY} удалил(?:\\(-?а\\)|а)? ${THEM}\\.?`,
    `${ANY} heeft ${THEM} verwijderd\\.?`,
    `${ANY} mengeluarkan ${THEM}\\.?`,
  ),
  ...patterns(
    'leave',
    `${ANY} (?:has )?left(?: the group)?\\.?`,
    `${ANY}\\s?(?:已)?(?:退出了?|离开了?|離開了?)(?:此|本)?(?:群组|群組)?。?`,
    `${ANY} hat die Gruppe verlassen\\.?`,
    `${ANY} (?:salió|ha salido|abandonó)(?: del? grupo| el grupo)?\\.?`,
    `${ANY} (?:a quitté|est parti(?:e|\\(e\\))?)(?: le groupe)?\\.?`,
    `${ANY} saiu(?: do grupo)?\\.?`,
    `${ANY} ha (?:abbandonato|lasciato)(?: il gruppo)?\\.?`,
    `${ANY}(?:さん)?が(?:グループを)?(?:退出|退会)しました。?`,
    `${ANY}님이 (?:그룹에서 |그룹을 )?(?:나갔|퇴장했|나가셨)습니다\\.?`,
    `${ANY} (?:покинул(?:\\(-?а\\)|а)? группу|вышел(?:\\(-?а\\))?|вышла)\\.?`,
    `${ANY} ayrıldı\\.?`,
    `${ANY} heeft de groep verlaten\\.?`,
    `${ANY} keluar\\.?`,
  ),
  ...patterns(
    'rename',
    `${ANY} changed the (?:subject|group name)(?: from ["“].*["”])? to ${NAME}\\.?`,
    `${ANY}\\s?(?:更改了|变更了|變更了|已更改|将|將).{0,10}(?:主题|主題|名称|名稱)(?:从.*|由.*)?(?:改为|更改为|变更为|更改為|變更為|改為|为|為)\\s?${NAME}。?`,
    `${ANY} hat den (?:Betreff|Gruppennamen|Namen der Gruppe)(?: von [„“"].*["“”])? (?:zu|in|auf) ${NAME} geändert\\.?`,
    `${ANY} cambió el (?:asunto|nombre del grupo)(?: de ["“].*["”])? (?:a|por) ${NAME}\\.?`,
    `${ANY} a (?:changé|modifié) (?:le sujet|l['’]objet|le nom du groupe)(?: de «.*»)? (?:à|en|pour) ${NAME}\\.?`,
    `${ANY} (?:mudou|alterou) o (?:assunto|nome do grupo)(?: de ["“].*["”])? para ${NAME}\\.?`,
    `${ANY} ha (?:cambiato|modificato) (?:l['’]oggetto|il nome del gruppo)(?: da ["“].*["”])? (?:a|in) ${NAME}\\.?`,
  ),
  ...patterns(
    'promote',
    `(?<targets>.{1,100}?)(?:'re| are| is) now an admin\\.?`,
    `(?<targets>.{1,60}?)\\s?(?:现在是|現在是|已成为|已成為)(?:群组|群組)?(?:管理员|管理員)(?:了)?。?`,
    `(?<targets>Du) bist jetzt (?:ein )?Admin\\.?`,
    `Ahora eres (?:admin|administrador)\\.?(?<targets>)`,
  ),
];

/** What a notice reports; null where its words are none of these. */
export function whatsAppEvent(text: string): ChatEvent | null {
  return eventOf(text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '').trim(), EVENTS);
}

const SELF =
  /^(?:you|你|您|du|dich|tú|ti|te|vous|você|voce|tu|あなた|나|회원님|вас|вы|siz|sizi|jou|je|u|anda|kamu)$/i;

/** Whether a notice's name stands for the person whose phone wrote the export. */
export function isSelf(name: string): boolean {
  return SELF.test(name);
}

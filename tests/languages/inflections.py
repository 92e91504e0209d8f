"""Inflected forms of words of the field, written by hand: a word a line, its dictionary form first."""

ENGLISH = """
missile missiles missile's
decoy decoys
warhead warheads
interceptor interceptors interceptor's
trajectory trajectories
battery batteries
capability capabilities
ally allies allied
assembly assemblies
burst bursts bursting
launch launches launched launching
launcher launchers
track tracks tracked tracking
detect detects detected detecting
detection detections
defence defences defense defenses
defend defends defended defending
engage engages engaged engaging
engagement engagements
deploy deploys deployed deploying
deployment deployments
destroy destroys destroyed destroying
disperse disperses dispersed dispersing
guide guides guided guiding
intercept intercepts intercepted intercepting
jam jams jammed jamming
jammer jammers
scan scans scanned scanning
plan plans planned planning
boost boosts boosted boosting
booster boosters
theatre theatres theater theaters
centre centres center centers
fibre fibres fiber fibers
calibre calibres caliber calibers
metre metres meter meters
kilometre kilometres kilometer kilometers
manoeuvre manoeuvres maneuver maneuvers
armour armours armor armors
armoured armored
behaviour behaviours behavior behaviors
signal signals signalled signalling signaled signaling
model models modelled modelling modeled modeling
channel channels channelled channelling channeled channeling
level levels levelled levelling leveled leveling
analyse analysed analysing analyze analyzes analyzed analyzing
organise organises organised organising organize organizes organized organizing
synchronise synchronised synchronising synchronize synchronized synchronizing
neutralise neutralised neutralises neutralize neutralized neutralizes
programme programmes program programs
licence licences license licenses
grey gray
catalogue catalogues catalog catalogs
analogue analog
dialogue dialogues dialog dialogs
sulphur sulfur
aluminium aluminum
sensor sensors
satellite satellites
phase phases phased
stage stages staged staging
range ranges ranged ranging
payload payloads
nozzle nozzles
orbit orbits orbited orbiting
antenna antennas
vehicle vehicles
system systems
axis axis's
cruise cruises cruised cruising
"""

FRENCH = """
missile missiles
leurre leurres leurrer leurré
ogive ogives
brouilleur brouilleurs
brouillage brouillages
trajectoire trajectoires
antimissile antimissiles
antiaérien antiaériens antiaérienne antiaériennes
balistique balistiques
aéroporté aéroportée aéroportés aéroportées aeroporte aeroportee
guidé guidée guidés guidées guide guidee
détecté détectée détectés détectées detecte detectee
intercepté interceptée interceptés interceptées
déployé déployée déployés déployées deployee
téléguidé téléguidée téléguidés téléguidées
capacité capacités capacite capacites
vulnérabilité vulnérabilités vulnerabilite vulnerabilites
vélocité vélocités velocite
sécurité sécurités securite
mobilité mobilités
portée portées portee portees
traversée traversées traversee
armée armées armee armees
fusée fusées fusee fusees
visée visées visee visees
rentrée rentrées rentree rentrees
défense défenses defense defenses
théâtre théâtres theatre theatres
opération opérations operation operations
détection détections detection
désignation désignations designation
manœuvre manœuvres manoeuvre manoeuvres
manœuvrable manœuvrables manoeuvrable
manœuvrant manœuvrante manœuvrants manœuvrantes
nucléaire nucléaires nucleaire
conventionnel conventionnelle conventionnels conventionnelles
opérationnel opérationnelle opérationnels opérationnelles operationnel operationnelle
exo-atmosphérique exo-atmosphériques exo-atmospherique
spatial spatiale spatiaux spatiales
initial initiale initiaux initiales
terminal terminale terminaux terminales
naval navale navals navales
signal signaux
canal canaux
tactique tactiques
stratégique stratégiques strategique
infrarouge infrarouges
radar radars
capteur capteurs
satellite satellites
orbite orbites
limite limites
site sites
intercepteur intercepteurs
lanceur lanceurs
lancement lancements
propulseur propulseurs
propulsion propulsions
étage étages etage etages
premier première premiers premières premiere premieres
dernier dernière derniers dernières derniere
léger légère légers légères legere
actif active actifs actives
passif passive passifs passives
défensif défensive défensifs défensives defensif defensive
offensif offensive offensifs offensives
hypersonique hypersoniques
européen européenne européens européennes europeen europeenne
allié alliés allie allies
aérien aérienne aériens aériennes aerien aerienne
intégré intégrée intégrés intégrées integre integree
élargi élargie élargis élargies elargi elargie
commandement commandements
alerte alertes
avancé avancée avancés avancées avance avancee
destruction destructions
fréquence fréquences frequence
onde ondes
zone zones
couche couches
"""

RUSSIAN = """
ракета ракеты ракете ракету ракетой ракет ракетам ракетами ракетах
противоракета противоракеты противоракете противоракету противоракетой противоракет
перехватчик перехватчика перехватчику перехватчиком перехватчики перехватчиков перехватчикам
перехват перехвата перехвату перехватом перехвате
цель цели целью целей целям целями целях
оборона обороны обороне оборону обороной
боеголовка боеголовки боеголовке боеголовку боеголовкой
блок блока блоку блоком блоке блоки блоков блокам
боевой боевого боевому боевым боевом боевая боевую боевое боевые боевых боевыми
ложный ложного ложная ложной ложную ложное ложные ложных
противоракетный противоракетного противоракетная противоракетной противоракетные противоракетных
баллистический баллистическая баллистической баллистическую баллистические баллистических
крылатый крылатая крылатой крылатую крылатые крылатых
траектория траектории траекторию траекторией траекторий траекториям
станция станции станцию станцией станций станциям
позиция позиции позицию позицией позиций
эшелон эшелона эшелону эшелоном эшелоне эшелоны эшелонов
рубеж рубежа рубежу рубежом рубеже рубежи рубежей
рубежный рубежного рубежная
комплекс комплекса комплексу комплексом комплексе комплексы комплексов
система системы системе систему системой систем системам системами системах
средство средства средству средством средстве средств средствам
поражение поражения поражению поражением поражении поражений
наведение наведения наведению наведением наведении
обнаружение обнаружения обнаружению обнаружением
сопровождение сопровождения сопровождению сопровождением
предупреждение предупреждения предупреждением
нападение нападения нападению нападением
космический космическая космического космической космические космических
наземный наземная наземного наземной наземные наземных
морской морская морского морской морские морских
воздушный воздушная воздушного воздушной воздушные
спутник спутника спутнику спутником спутники спутников
головка головки головке головку головкой
ступень ступени ступенью ступеней ступеням
двигатель двигателя двигателю двигателем двигатели двигателей
ускоритель ускорителя ускорителем ускорители ускорителей
носитель носителя носителю носителем носители носителей
радиус радиуса радиусу радиусом радиусе
дальность дальности дальностью дальностей
высота высоты высоте высоту высотой высот высотам
скорость скорости скоростью скоростей
точка точки точке точку точкой
район района району районом районе районы районов
зона зоны зоне зону зоной зон зонам
театр театра театру театром театре
действие действия действию действием действий действиям
помеха помехи помехе помеху помехой помех помехам
шахта шахты шахте шахту шахтой шахт
пуск пуска пуску пуском пуске пуски пусков
взрыв взрыва взрыву взрывом взрыве взрывы
ядерный ядерная ядерного ядерной ядерные ядерных
заряд заряда заряду зарядом заряды зарядов
угроза угрозы угрозе угрозу угрозой угроз
удар удара удару ударом ударе удары ударов
самолёт самолёта самолёту самолётом самолёты самолет самолета самолеты
подлёт подлёта подлёту подлет подлета
излучение излучения излучению излучением
лазер лазера лазеру лазером лазеры лазеров
антенна антенны антенне антенну антенной антенн
решётка решётки решётке решётку решетка решетки
манёвр манёвра манёвром маневр маневра
маневрирующий маневрирующего маневрирующая маневрирующие
командование командования командованию командованием
управление управления управлению управлением
"""

RUSSIAN_IRREGULAR = """
участок участка участку участком участки участков
осколок осколка осколки осколков
время времени временем времён времена
имя имени именем имена
день дня дню днём дни дней
конец конца концу концы
огонь огня огню огнём огни
ветер ветра ветром
боец бойца бойцы бойцов
окно окна окон
судно судна суда судов
станок станка станков
"""
"""Forms that have stems of their own: only the dictionary knows them."""


def table(text: str) -> list[list[str]]:
    """The words of a table, each with its forms."""
    return [line.split() for line in text.splitlines() if line]

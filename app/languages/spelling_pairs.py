"""Words that British and American English spell each in its own way, written down family by family."""

from collections.abc import Iterator

# British root, American root, endings that both take; `-` is no ending.
_TWO_WAY = """
    armour/armor behaviour/behavior clamour/clamor colour/color discolour/discolor dishonour/dishonor
    disfavour/disfavor endeavour/endeavor favour/favor flavour/flavor harbour/harbor honour/honor humour/humor
    labour/labor misbehaviour/misbehavior neighbour/neighbor odour/odor rumour/rumor savour/savor vapour/vapor
    watercolour/watercolor ardour/ardor candour/candor demeanour/demeanor fervour/fervor parlour/parlor
    rancour/rancor rigour/rigor saviour/savior splendour/splendor succour/succor tumour/tumor valour/valor
    vigour/vigor: - s ed er ers ing ings
    armour/armor savour/savor: y ies
    behaviour/behavior: al ally
    colour/color flavour/flavor harbour/harbor odour/odor vapour/vapor: less
    colour/color: ful fully
    favour/favor honour/honor: able ably
    favour/favor: ite ites
    neighbour/neighbor: hood hoods ly

    amphitheatre/amphitheater calibre/caliber centre/center epicentre/epicenter fibre/fiber hypocentre/hypocenter
    lustre/luster meagre/meager mitre/miter ochre/ocher reconnoitre/reconnoiter sabre/saber saltpetre/saltpeter
    sceptre/scepter sepulchre/sepulcher sombre/somber spectre/specter theatre/theater manoeuvre/maneuver
    litre/liter centilitre/centiliter decilitre/deciliter hectolitre/hectoliter microlitre/microliter
    millilitre/milliliter centimetre/centimeter decimetre/decimeter hectometre/hectometer kilometre/kilometer
    megametre/megameter millimetre/millimeter nanometre/nanometer picometre/picometer: - s
    centr/center manoeuvr/maneuver reconnoitr/reconnoiter: ed ing
    manoeuvr/maneuver: able ability er ers ings
    fibre/fiber: board glass optic optics
    centre/center: fold line lines piece
    theatre/theater: goer goers

    apparell/apparel barrell/barrel bevell/bevel cancell/cancel channell/channel chisell/chisel counsell/counsel
    diall/dial duell/duel enamell/enamel equall/equal fuell/fuel funnell/funnel initiall/initial jewell/jewel
    labell/label levell/level libell/libel marshall/marshal marvell/marvel modell/model panell/panel pedall/pedal
    pencill/pencil pummell/pummel quarrell/quarrel ravell/ravel refuell/refuel relabell/relabel remodell/remodel
    revell/revel rivall/rival shovell/shovel shrivell/shrivel signall/signal spirall/spiral stencill/stencil
    swivell/swivel totall/total towell/towel trammell/trammel travell/travel triall/trial tunnell/tunnel
    unravell/unravel: ed ing ings er ers
    counsell/counsel councill/council: or ors
    marvell/marvel: ous ously
    wooll/wool: en ens
    appal/appall distil/distill enrol/enroll enthral/enthrall fulfil/fulfill instil/instill: - s
    enrol/enroll fulfil/fulfill instal/install: ment ments
    skil/skill unskil/unskill wil/will: ful fully fulness

    analys/analyz catalys/catalyz cryptanalys/cryptanalyz electrolys/electrolyz hydrolys/hydrolyz
    paralys/paralyz photolys/photolyz psychoanalys/psychoanalyz: e ed er ers ing
    defence/defense offence/offense pretence/pretense: - s
    defence/defense: less
    analogue/analog catalogue/catalog: - s
    catalogu/catalog: ed er ers ing

    aerofoil/airfoil aeroplane/airplane artefact/artifact carburettor/carburetor grey/gray greyscale/grayscale
    moustache/mustache: - s
    grey/gray: ed er ing ish ness
    mould/mold moult/molt plough/plow smoulder/smolder: - s ed er ers ing
    mould/mold: y
    sceptic/skeptic: - s al ally ism
    aluminium/aluminum caesium/cesium ageing/aging cosy/cozy jewellery/jewelry
    pyjamas/pajamas tranquillity/tranquility: -
    anaemi/anemi leukaemi/leukemi: a c
    anaesthe/anesthe: sia tic tics tist
    archaeolog/archeolog gynaecolog/gynecolog palaeontolog/paleontolog: y ical ist ists
    haemo/hemo: globin philia rrhage rrhages rrhaging
    oedema/edema oesophagus/esophagus oestrogen/estrogen diarrhoea/diarrhea: -
    orthopaedic/orthopedic paediatric/pediatric: - s
"""

# The American spelling is good British too, in another sense or beside the British one: nothing is wrong with it.
_BRITISH_ONLY = """
    metre/meter micrometre/micrometer programme/program gramme/gram kilogramme/kilogram milligramme/milligram
    licence/license cheque/check tyre/tire kerb/curb disc/disk judgement/judgment
    acknowledgement/acknowledgment encyclopaedia/encyclopedia: - s
    storey/story: -
    storeys/stories: -
    practis/practic: e es ed ing
    draught/draft: - s ing y
    draughts/drafts: man men
    sulph/sulf: ur uric urous ate ates ide ides
    microprogramme/microprogram subprogramme/subprogram: - s
    routeing/routing: -
"""

# The British spelling is good American too.
_AMERICAN_ONLY = """
    gauge/gage dialogue/dialog axe/ax: -
    gauge/gage dialogue/dialog: s
"""


def two_way() -> Iterator[tuple[str, str]]:
    """Pairs, British first, of which each spelling belongs to one side only."""
    return _pairs(_TWO_WAY)


def british_only() -> Iterator[tuple[str, str]]:
    """Pairs, British first, whose American spelling is British as well."""
    return _pairs(_BRITISH_ONLY)


def american_only() -> Iterator[tuple[str, str]]:
    """Pairs, British first, whose British spelling is American as well."""
    return _pairs(_AMERICAN_ONLY)


def _pairs(families: str) -> Iterator[tuple[str, str]]:
    roots: list[str] = []
    endings: list[str] = []
    for part in families.split():
        if "/" not in part:
            endings.append(part.strip("-"))
            continue
        if endings:
            yield from _inflected(roots, endings)
            roots, endings = [], []
        roots.append(part.rstrip(":"))
    yield from _inflected(roots, endings)


def _inflected(roots: list[str], endings: list[str]) -> Iterator[tuple[str, str]]:
    for root in roots:
        british, american = root.split("/")
        yield from ((british + ending, american + ending) for ending in endings)

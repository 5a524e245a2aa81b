"""English words that the rules look for; each list is words between spaces."""

VAGUE = (
    "improve enhance optimise optimize strengthen boost streamline increase reduce "
    "accelerate elevate raise refine foster maximise maximize minimise minimize decrease "
    "simplify upgrade expand deepen lower cut grow better advance drive modernise modernize "
    "promote speed lift scale ramp tighten broaden polish revamp uplift bolster ease shorten "
    "sharpen nurture mature evolve develop empower"
)
MADE = (
    "improved enhanced optimised optimized strengthened boosted streamlined increased "
    "reduced better faster stronger simplified modernised modernized"
)
ACTIVITY = (
    "help consult analyse analyze participate support assist collaborate coordinate explore "
    "research investigate review discuss attend monitor contribute evaluate assess study "
    "liaise examine advise brainstorm facilitate observe track engage cooperate encourage "
    "promote prepare follow"
)
ACTIVITY_PHRASES = (
    "work_on work_with work_closely work_together look_into look_at take_part_in be_involved "
    "follow_up think_about keep_an_eye stay_in_touch give_input provide_support "
    "provide_input provide_advice provide_help working_on working_with working_closely "
    "looking_into taking_part_in following_up providing_support providing_input act_as "
    "play_a_role meet_with reach_out keep_track continue_to_support lend_a_hand"
)
DELIVERY = (
    "launch ship deliver implement deploy release develop complete finish migrate install "
    "introduce roll publish build execute set create organise organize hire design write "
    "produce run upgrade conduct host prepare rewrite refactor procure integrate open kick "
    "establish redesign replace rebuild construct finalise finalize"
)
MILESTONE = (
    "launch ship deliver release complete finish publish deploy implement build migrate open "
    "introduce install roll go finalise finalize set establish define design create develop "
    "rebuild replace write sign redesign configure integrate hand_over switch move "
    "commission test document start hand"
)
# Once it is there, two people agree that it is.
FINISHED = "launch ship release publish deploy open migrate sign deliver install go-live"
KEEP = "keep maintain continue sustain preserve retain uphold stay"
ENSURE = "ensure safeguard guarantee secure protect"
# What is kept here moves: these are no business as usual.
KEPT_MOVING = "customers users people patients talent promise promises up pace guests students"

DEGREE = (
    "significantly substantially considerably dramatically greatly drastically markedly "
    "noticeably vastly massively hugely tremendously radically asap gradually steadily "
    "strongly really very extremely constantly continually wherever_possible where_possible "
    "a_lot_more a_lot_less a_lot_fewer a_lot_better a_lot_faster to_the_fullest "
    "to_the_maximum to_the_fullest_extent step_by_step as_best_we_can a_great_deal"
)
MUCH = "more better faster higher lower less fewer shorter easier stronger cheaper"
BIG = (
    "significant substantial considerable dramatic drastic marked huge massive noticeable "
    "major tremendous sizeable"
)
STEPS = (
    "increase improvement reduction growth decrease drop rise gain cut uplift boost progress "
    "decline jump step increases improvements reductions decreases drops gains cuts"
)
FURTHER = (
    "improve reduce increase enhance strengthen optimise optimize cut grow expand lower "
    "boost develop improving reducing increasing deepen simplify accelerate"
)

DONE = (
    "hold run conduct host organise organize attend write publish send make give deliver "
    "schedule complete do post visit call interview train present produce create perform "
    "execute record film launch submit draft arrange facilitate lead meet contact email ship "
    "test review release share issue mail distribute collect invite carry_out speak_at plan "
    "stage prepare print answer reply"
)
DEEDS = (
    "interview meeting workshop session training webinar article post email call visit talk "
    "event demo review report campaign newsletter audit experiment test course presentation "
    "survey pitch proposal drill town_hall podcast case_study episode video roadshow "
    "roundtable meetup hackathon retrospective retro inspection walkthrough one-on-one "
    "check-in lesson seminar lecture briefing clinic open_day job_fair fair trade_show flyer "
    "brochure tweet blog_post playbook guide document page rehearsal exercise tour "
    "conference coffee_chat lunch-and-learn press_release white_paper whitepaper focus_group "
    "usability_test user_test standup study leaflet ride-along stand-up ad banner coaching "
    "kick-off tasting party school_visit sprint prototype bid quote rehearsal round "
    "one-to-one keynote panel forum checklist assessment screening toolbox_talk huddle "
    "photo_shoot class mailing letter poster sample trial pilot dinner lunch breakfast"
)
DEED_PLURALS = "classes stories case_studies pitches exercises surveys studies"
PEOPLE_DEEDS = (
    "interview visit call train contact email meet survey coach mentor phone audit inspect brief"
)
HELD = (
    "held run conducted completed delivered hosted published sent organised organized done "
    "made written given performed carried_out scheduled recorded posted visited taken staged"
)
# Verbs that are nouns or adjectives as often; the others need no second look.
OR_NOUN = (
    "support help research review study track monitor launch release design build open boost "
    "increase cut lift drive advance ship complete set run hire roll kick host finish "
    "benefit exchange work sign speed better promise process guarantee state upgrade lower "
    "stream report share test plan issue mail film record post visit call interview train "
    "present produce document survey email draft lead meet"
)
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty sixty a_dozen"
)
OUTCOMES = (
    "fewer less_than rate satisfied satisfaction score scores convert conversion signed "
    "closed won pipeline revenue retention pass passes passed result_in resulting_in lead_to "
    "leading_to without no_more_than at_most adopt adopted generate generated that_bring "
    "that_win reduce reduces cut drop fall falls decrease decreases accepted hired enrolled "
    "awarded cited saves save"
)
NEW = (
    "sign new win hire recruit onboard open launch publish file close book acquire add "
    "generate attract gain deliver complete ship migrate train land raise secure certify "
    "interview run hold create build enrol enroll obtain convert collect register first "
    "introduce host visit conduct write plant renew graduate produce release install connect "
    "audit test save"
)
UP = (
    "increase increases increasing increased grow grows growing raise raises raising rise "
    "rises improve improves improving lift lifts boost boosts expand expands double doubles "
    "climb climbs up gain gains higher rising growing bring_up push_up accelerate "
    "accelerates widen widens extend extends scale scales jump jumps lengthen maximise "
    "maximize enhance enhances more larger bigger longer"
)
DOWN = (
    "reduce reduces reducing reduced reduction cut cuts cutting decrease decreases "
    "decreasing lower lowers lowering shorten shortens shrink shrinks drop drops fall falls "
    "halve halves down trim trims decline declines bring_down push_down slash slashes fewer "
    "less minimise minimize compress narrow narrows halving dip dips curb limit limits "
    "eliminate shave falling dropping shrinking shorter cheaper smaller lighter"
)
DIMENSIONED = (
    "time latency duration delay turnaround downtime uptime revenue cost costs spend budget "
    "sales profit margin ARR MRR GMV price rate ratio share percentage churn conversion "
    "retention utilisation utilization weight energy emissions emission throughput bandwidth "
    "temperature speed yield attrition turnover income expenses distance mileage consumption "
    "wait waiting hours power length salary fuel inventory output volume penetration "
    "coverage occupancy absence accuracy lag age distance debt cash earnings turnaround load "
    "rent wages height depth"
)
UNITLESS = (
    "NPS CSAT CES score rating index rank number_of count_of stars star points point GPA "
    "grade ratio_of times turns number headcount"
)
UNMEASURABLE = (
    "quality experience capability capabilities culture collaboration communication "
    "efficiency performance productivity awareness brand reliability security agility morale "
    "innovation value excellence alignment usability effectiveness stability trust knowledge "
    "skills teamwork motivation"
)
ABSTRACT = (
    "quality experience capability capabilities efficiency performance productivity culture "
    "collaboration communication satisfaction engagement awareness brand reliability "
    "security innovation processes process operations excellence effectiveness alignment "
    "growth morale service services safety stability agility governance compliance "
    "visibility presence maintainability usability sales revenue profitability results "
    "competitiveness image reputation skills teamwork leadership knowledge transparency "
    "trust sustainability retention loyalty profits motivation discipline business"
)
OUR = (
    "our the overall team customer product user employee service internal cross-team company "
    "supplier client operational general organisational organizational staff"
)
AIMS = (
    "improve increase reduce grow expand build become create launch make win raise cut lower "
    "boost strengthen deliver establish develop enter achieve drive optimise optimize "
    "simplify modernise modernize automate scale extend open double attract lead turn "
    "transform bring earn help retain keep find reach start shift move cultivate prepare "
    "hire secure protect ensure delight inspire empower sell save restore unlock be give get "
    "gain control eliminate prevent speed modernise teach offer shorten"
)
PASSED = (
    "pass passes passed certified certification accredited accreditation approved approval "
    "sign-off accepted awarded licensed licenced granted ratified zero none nobody "
    "shortlisted admitted approves approve signs signed_off listed_in listed_on "
    "go_live_in_all never compliant certificate licence license patent named wins_the "
    "won_the recognised recognized published_in in_place is_live in_force ranked_first "
    "agreed rated sealed notarised notarized closed_out in_production"
)
MISHAPS = (
    "incident incidents outage outages complaint complaints accident accidents breach "
    "breaches defects injury injuries penalty penalties finding findings downtime recalls "
    "errors exceptions deviations data_loss stock-outs"
)
DIMENSIONS = {
    "quality": "faults failures recalls rework scrap defect defects bug bugs quality error "
    "errors incident incidents complaint complaints accuracy rework scrap returns",
    "speed": "minute hour weeks delay wait time latency lead cycle turnaround faster days "
    "day hours minutes delay response",
    "money": "euros dollars EUR USD cash earnings price revenue cost costs margin sales "
    "spend profit ARR MRR income price fees",
    "volume": "subscribers followers visits views members installs trials accounts shops "
    "stores clinics units customers users sign-ups signups orders leads deals visitors "
    "downloads registrations",
    "opinion": "NPS CSAT satisfaction rating score survey eNPS stars",
    "people": "employee employees attrition hires hiring turnover engagement staff vacancies",
    "output": "launch ship release publish deploy migrate build deliver complete roll-out "
    "introduce implement",
    "reach": "adoption coverage retention share active usage penetration",
}
SAME = (
    "increase grow raise improve lift boost expand rise climb",
    "reduce cut decrease lower shorten drop fall shrink trim decline",
    "customer client",
    "average mean",
    "employee staff",
    "rate percentage share proportion",
)
FILLER = (
    "reach reaches hit get goes the a an of to in on by for from at our and with per least "
    "most about all we is are be their its overall number total via through during within "
    "end quarter average"
)

# What follows a verb rather than a noun of the same letters.
OBJECT_FOLLOWS = (
    "the a an our their its his her your all each every any both more most new other another "
    "these those this that us them people with on in at to into from by for of and or up out "
    "how what why where which whether who least two three four five six seven eight nine ten "
    "twelve weekly monthly quarterly daily regular existing several some many key senior "
    "local internal external closely"
)
FINITE = (
    "is are was were be has have stay stays remain remains rise rises rose fall falls fell "
    "drop drops dropped grow grows grew reach reaches reached hit hits exceed exceeds go "
    "goes decline declines improves increases decreases become becomes get gets runs take "
    "takes need needs costs double doubles triples halves climb climbs shrinks shrink moves "
    "come comes keeps lands below above under over can cannot never no without feels feel "
    "means works tells makes pays lasts"
)
NOUN_HEADS = (
    "source house door doors time times day days date dates rate rates quality speed cost "
    "costs cycle cycles process team teams ticket tickets desk case cases request requests "
    "contact contacts call calls load volume queue backlog coverage level levels score "
    "scores ratio share note notes train window manager managers engineer engineers failure "
    "failures stability conversion readiness pipeline pipelines plan plans module modules "
    "edition license permit permits bug bugs lead leads agents agent hours satisfaction "
    "response usage adoption frequency accuracy budget spend errors error defects velocity "
    "capacity platform portal centre center tool tools tooling board path paper papers "
    "effort efforts output library group groups partner partners staff status results result "
    "scores duration page pages"
)
OPENERS = "to we will and then actively team continuously also jointly proactively must shall"
IN_FRONT = "in for of from on at by to"

# Words that tell two things apart that are otherwise said alike.
OPPOSITES = (
    "new existing old current north south east west northern southern eastern western first "
    "second third repeat men women boys girls day night morning evening online offline "
    "import imports export exports gross net large small junior senior inbound outbound "
    "domestic foreign buyers sellers upper lower internal external free paid male female "
    "left right early late daily weekly monthly mobile desktop response resolution adults "
    "children primary secondary urban rural full-time part-time lost gained"
)
NUMBER_TARGETS = (
    "two three four five six seven eight nine ten twelve twenty fifty hundred thousand dozen"
)

# What stands before a target.
LEVELS = (
    "reach reaches hit hits exceed exceeds stay stays keep bring get below above under over "
    "within more_than less_than at_least at_most up_to no_more_than"
)

# What nobody delivers: to create joy or rebuild trust is no piece of work.
NO_ARTEFACT = (
    "joy trust value standard doors chapter confidence demand love momentum future habit "
    "habits pride hope peace friendship tone bar"
)

# Units of time: of these, faster is fewer.
TIMES = "s sec second seconds min minute minutes h hour hours day days week weeks"

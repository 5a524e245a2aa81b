"""English words that the rules look for; each list is words between spaces."""

VAGUE = (
    "improve enhance optimise optimize strengthen boost streamline increase reduce accelerate "
    "elevate raise refine foster maximise maximize minimise minimize decrease simplify upgrade "
    "expand deepen lower cut grow better advance drive modernise modernize promote speed lift "
    "scale ramp tighten broaden polish revamp uplift bolster ease shorten sharpen nurture mature "
    "evolve develop empower reinforce solidify consolidate intensify widen heighten upskill"
)
# Of these every form says that something gets better, and none how much.
VAGUE_IN_ANY_FORM = (
    "improve enhance optimise optimize strengthen boost streamline increase reduce accelerate "
    "elevate refine maximise maximize minimise minimize decrease simplify deepen broaden shorten "
    "sharpen tighten modernise modernize bolster revamp uplift heighten intensify better upgrade "
    "advance foster promote lessen amplify reinforce solidify consolidate"
)
GROWING = "grow rise fall drop shrink decline climb mature evolve"
MADE = (
    "improved enhanced optimised optimized strengthened boosted streamlined increased reduced "
    "better faster stronger simplified modernised modernized smoother easier simpler quicker "
    "cheaper clearer shorter safer leaner lighter cleaner closer richer sharper tighter "
    "healthier happier friendlier smarter greener calmer slicker more_efficient more_effective "
    "more_reliable more_transparent more_agile more_flexible more_consistent more_robust "
    "more_resilient more_user-friendly more_attractive more_visible more_engaging more_accurate "
    "more_accessible more_predictable more_stable more_secure more_sustainable more_inclusive "
    "more_professional"
)
ACTIVITY = (
    "help consult analyse analyze participate support assist collaborate coordinate explore "
    "research investigate review discuss attend monitor contribute evaluate assess study liaise "
    "examine advise brainstorm facilitate observe track engage cooperate encourage promote "
    "prepare follow accompany shadow supervise oversee escort"
)
ACTIVITY_PHRASES = (
    "work_on work_with work_closely work_together look_into look_at take_part_in be_involved "
    "follow_up think_about keep_an_eye stay_in_touch give_input provide_support provide_input "
    "provide_advice provide_help working_on working_with working_closely looking_into "
    "taking_part_in following_up providing_support providing_input act_as play_a_role meet_with "
    "reach_out keep_track continue_to_support lend_a_hand"
)
DELIVERY = (
    "launch ship deliver implement deploy release develop complete finish migrate install "
    "introduce roll publish build execute set create organise organize hire design write produce "
    "run upgrade conduct host prepare rewrite refactor procure integrate open kick establish "
    "redesign replace rebuild construct finalise finalize configure commission draft document "
    "refurbish renovate buy purchase erect assemble activate instal relaunch print stage record "
    "digitise digitize"
)
MILESTONE = (
    "launch ship deliver release complete finish publish deploy implement build migrate open "
    "introduce install roll go finalise finalize set establish define design create develop "
    "rebuild replace write sign redesign configure integrate hand_over switch move commission "
    "test document start hand"
)
# Once it is there, two people agree that it is.
FINISHED = "launch ship release publish deploy open migrate sign deliver install go-live"
KEEP = "keep maintain continue sustain preserve retain uphold stay remain"
KEEP_PHRASES = (
    "carry_on go_on hold_on_to hold_our hold_the stick_to stick_with keep_on run_the_day-to-day "
    "business_as_usual day-to-day stay_on stay_the stay_at defend_our"
)
# The same said of a subject: `support keeps answering as quickly as today`.
AS_BEFORE = (
    "today now before usual unchanged stable steady current currently constant smoothly running "
    "ever last_year as_it_is as_is where_it_is the_same as_they_do as_it_does as_we_do "
    "as_good_as at_the_level on_the_level"
)
ENSURE = "ensure safeguard guarantee secure protect"
# What is kept here moves: these are no business as usual.
KEPT_MOVING = "promise promises our_promises our_promise up_with pace"

DEGREE = (
    "significantly substantially considerably dramatically greatly drastically markedly "
    "noticeably vastly massively hugely tremendously radically asap gradually steadily strongly "
    "really very extremely constantly continually wherever_possible where_possible a_lot_more "
    "a_lot_less a_lot_fewer a_lot_better a_lot_faster to_the_fullest to_the_maximum "
    "to_the_fullest_extent step_by_step as_best_we_can a_great_deal sharply heavily enormously "
    "immensely appreciably meaningfully materially_better to_a_large_extent rapidly swiftly "
    "progressively incrementally aggressively vigorously promptly by_far tangibly visibly "
    "notably comprehensively to_the_best_of_our_ability if_at_all_possible a_lot quite_a_bit "
    "exponentially remarkably extensively increasingly more_and_more better_and_better "
    "to_a_great_extent as_much_as_we_can as_best_as_we_can whenever_possible as_appropriate "
    "in_a_timely_manner decisively profoundly fundamentally measurably thoroughly"
)
MUCH = "more better faster higher lower less fewer shorter easier stronger cheaper"
BIG = (
    "significant substantial considerable dramatic drastic marked huge massive noticeable major "
    "tremendous sizeable sharp steep notable remarkable enormous meaningful tangible hefty "
    "strong visible sustained steady gradual rapid great big real clear"
)
STEPS = (
    "increase improvement reduction growth decrease drop rise gain cut uplift boost progress "
    "decline jump step expansion shift leap advance gains acceleration increases improvements "
    "reductions decreases drops cuts"
)
FURTHER = (
    "improve reduce increase enhance strengthen optimise optimize cut grow expand lower boost "
    "develop improving reducing increasing deepen simplify accelerate"
)

DONE = (
    "hold run conduct host organise organize attend write publish send make give deliver "
    "schedule complete do post visit call interview train present produce create perform execute "
    "record film launch submit draft arrange facilitate lead meet contact email ship test review "
    "release share issue mail distribute collect invite carry_out speak_at plan stage prepare "
    "print answer reply shoot draw edit compose moderate"
)
DEEDS = (
    "interview meeting workshop session training webinar article post email call visit talk "
    "event demo review report campaign newsletter audit experiment test course presentation "
    "survey pitch proposal drill town_hall podcast case_study episode video roadshow roundtable "
    "meetup hackathon retrospective retro inspection walkthrough one-on-one check-in lesson "
    "seminar lecture briefing clinic open_day job_fair fair trade_show flyer brochure tweet "
    "blog_post playbook guide document page rehearsal exercise tour conference coffee_chat "
    "lunch-and-learn press_release white_paper whitepaper focus_group usability_test user_test "
    "standup study leaflet ride-along stand-up ad banner coaching kick-off tasting party "
    "school_visit sprint prototype bid quote round one-to-one keynote panel forum checklist "
    "assessment screening toolbox_talk huddle photo_shoot class mailing letter poster sample "
    "trial pilot dinner lunch breakfast office_hour touchpoint one-pager vlog reel livestream "
    "live_stream booth trip excursion open_house q&a ama outreach_call sales_call site_visit "
    "supplier_day customer_day safety_walk gemba gemba_walk field_day career_fair reading_circle "
    "book_club sync steering_meeting quiz info_session masterclass boot_camp bootcamp game_day "
    "tabletop deep-dive deep_dive teach-in press_trip"
)
DEED_PLURALS = (
    "classes stories case_studies pitches exercises surveys studies masterclasses quizzes "
    "gemba_walks speeches"
)
PEOPLE_DEEDS = (
    "interview visit call train contact email meet survey coach mentor phone audit inspect brief "
    "speak_to speak_with talk_to talk_with present_to pitch_to reach_out_to write_to "
    "follow_up_with check_in_with onboard_calls pitch"
)
# More of these is more work, whatever comes of it.
BUSY = (
    "webinar workshop training demo interview meeting audit newsletter blog_post article post "
    "talk presentation inspection drill campaign pitch podcast episode roadshow seminar "
    "one-on-one one-to-one check-in retro retrospective office_hour sales_call cold_call "
    "sales_visit customer_visit site_visit client_visit press_release case_study video hackathon "
    "meetup lecture proposal outreach_call event safety_walk lesson briefing social_media_post "
    "town_hall gemba_walk customer_call field_visit code_review experiment"
)
# What is done to many things and changes none of them.
WORKED = (
    "review inspect check examine screen read analyse analyze assess evaluate audit test "
    "document draft write film print distribute proofread scan answer reply_to"
)
HELD = (
    "held run conducted completed delivered hosted published sent organised organized done made "
    "written given performed carried_out scheduled recorded posted visited taken staged"
)
# Whose help, support and advice is no result.
TEAMS = (
    "we team teams squad squads department departments group groups engineer engineers analyst "
    "analysts manager managers staff hr it finance legal sales marketing operations unit units "
    "office crew colleagues experts leads lead controllers consultants designers developers "
    "nurses teachers specialists procurement product security compliance partners pmo everyone "
    "members architects"
)
TEAM_HELPS = (
    "help helps support supports assist assists participate participates consult consults advise "
    "advises analyse analyses analyze analyzes monitor monitors contribute contributes "
    "collaborate collaborates coordinate coordinates attend attends facilitate facilitates "
    "liaise liaises investigate investigates explore explores discuss discusses take_part "
    "takes_part cooperate cooperates work_with works_with observe observes accompany accompanies "
    "encourage encourages"
)
# Verbs that are nouns or adjectives as often; the others need no second look.
OR_NOUN = (
    "support help research review study track monitor launch release design build open boost "
    "increase cut lift drive advance ship complete set run hire roll kick host finish benefit "
    "exchange work sign speed better promise process guarantee state upgrade lower stream "
    "commission document purchase report share test plan issue mail film record post visit call "
    "interview train present produce survey email draft lead meet"
)
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty sixty a_dozen"
)
OUTCOMES = (
    "fewer less_than rate satisfied satisfaction score scores convert conversion signed closed "
    "won pipeline revenue retention pass passes passed result_in resulting_in lead_to leading_to "
    "without no_more_than at_most adopt adopted generate generated that_bring that_win reduce "
    "reduces cut drop fall falls decrease decreases accepted hired enrolled awarded cited saves "
    "save"
)
NEW = (
    "sign new win hire recruit onboard open launch publish file close book acquire add generate "
    "attract gain deliver complete ship migrate train land raise secure certify interview run "
    "hold create build enrol enroll obtain convert collect register first introduce host visit "
    "conduct write plant renew graduate produce release install connect audit test save"
)
UP = (
    "increase increases increasing increased grow grows growing raise raises raising rise rises "
    "improve improves improving lift lifts boost boosts expand expands double doubles climb "
    "climbs up gain gains higher rising bring_up push_up accelerate accelerates widen widens "
    "extend extends scale scales jump jumps lengthen maximise maximize enhance enhances more "
    "larger bigger longer"
)
DOWN = (
    "reduce reduces reducing reduced reduction cut cuts cutting decrease decreases decreasing "
    "lower lowers lowering shorten shortens shrink shrinks drop drops fall falls halve halves "
    "down trim trims decline declines bring_down push_down slash slashes fewer less minimise "
    "minimize compress narrow narrows halving dip dips curb limit limits eliminate shave falling "
    "dropping shrinking shorter cheaper smaller lighter"
)
# These go either way: load time improves downwards.
EITHER_WAY = (
    "improve improves improving enhance enhances optimise optimises optimize optimizes better"
)
# What people want to see shrink …
BURDEN = (
    "time times latency delay delays churn cost costs spend error errors defect defects bug bugs "
    "incident incidents outage outages complaint complaints downtime backlog rework attrition "
    "turnover accident accidents returns waste scrap lead_time cycle_time wait waiting loss "
    "losses emissions no-shows absence absenteeism no-show queue debt overtime leakage shrinkage "
    "faults failures vacancies consumption usage_of weight drop-off abandonment bounce overdue "
    "arrears stock inventory response_time turnaround escalations rejects rejections reopened "
    "noise risk breaches days_to duration effort hours crash crashes deviations exceptions "
    "variance injuries fatalities"
)
# … and in whose presence more means faster, so fewer minutes.
SPEED = (
    "speed velocity pace responsiveness agility efficiency productivity timeliness punctuality "
    "faster quicker sooner swifter speed_up accelerate accelerates accelerated quickly fast "
    "rapid"
)
DIMENSIONED = (
    "time latency duration delay turnaround downtime uptime revenue cost costs spend budget "
    "sales profit margin ARR MRR GMV price rate ratio share percentage churn conversion "
    "retention utilisation utilization weight energy emissions emission throughput bandwidth "
    "temperature speed yield attrition turnover income expenses distance mileage consumption "
    "wait waiting hours power length salary fuel inventory output volume penetration coverage "
    "occupancy absence accuracy lag age debt cash earnings load rent wages height depth width "
    "value bookings billings receivables payables funding savings premiums assets deposits loans "
    "capex opex payroll overheads waste water electricity gas mass dwell tenure queueing "
    "lead_time cycle_time changeover setup runway donations fundraising exports imports tonnage "
    "footprint carbon CO2 heat pressure memory storage thickness humidity payback noise pay wage "
    "interest fees fee tax taxes losses loss working_capital cash-flow EBITDA EBIT takings "
    "receipts proceeds equity exposure write-offs payout claims_paid overtime commute lifespan "
    "lifetime battery_life range absenteeism no-show_share uplift"
)
UNITLESS = (
    "NPS CSAT CES score rating index rank number_of count_of stars star points point GPA grade "
    "ratio_of times turns number headcount stages steps value_score values level levels multiple "
    "multiples factor coefficient count counts eNPS SUS PageRank Lighthouse PSI Gini BMI"
)
UNMEASURABLE = (
    "quality experience capability capabilities culture collaboration communication efficiency "
    "performance productivity awareness brand reliability security agility morale innovation "
    "value excellence alignment usability effectiveness stability trust knowledge skills "
    "teamwork motivation cooperation engagement_culture competitiveness professionalism maturity "
    "resilience flexibility transparency influence leadership image reputation visibility "
    "competence competencies competency ownership mindset spirit cohesion happiness wellbeing "
    "well-being atmosphere responsiveness readiness robustness coordination governance "
    "discipline creativity sustainability strength potential impact commitment"
)
ABSTRACT = (
    "quality experience capability capabilities efficiency performance productivity culture "
    "collaboration communication satisfaction engagement awareness brand reliability security "
    "innovation processes process operations excellence effectiveness alignment growth morale "
    "service services safety stability agility governance compliance visibility presence "
    "maintainability usability sales revenue profitability results competitiveness image "
    "reputation skills teamwork leadership knowledge transparency trust sustainability retention "
    "loyalty profits motivation discipline business management maturity literacy competence "
    "competency competencies resilience readiness responsiveness accountability ownership "
    "planning posture footprint relations relationship relationships cooperation coordination "
    "infrastructure structure structures cohesion wellbeing well-being happiness professionalism "
    "flexibility scalability transformation digitalisation digitalization development standards "
    "system systems marketing success diversity inclusion mindset spirit strategy output "
    "delivery level levels practices practice execution hygiene supply_chain value cost_control "
    "controls portfolio partnerships partnership ecosystem influence expertise talent"
)
MOVES = (
    "improve increase enhance boost strengthen optimise optimize raise better drive advance "
    "elevate achieve foster promote grow deepen reinforce solidify upgrade maximise maximize "
    "lift accelerate streamline develop expand refine uplift heighten bolster modernise "
    "modernize consolidate intensify nurture"
)
MOVED = (
    "improved enhanced increased higher stronger greater more better optimised optimized boosted"
)
OUR = (
    "our the overall team customer product user employee service internal cross-team company "
    "supplier client operational general organisational organizational staff teams customers "
    "users employees work working process processes business corporate engineering sales "
    "marketing development department people workforce partner colleague management digital "
    "system platform software brand cross-functional cross-department data technical code "
    "delivery and their your my project site plant store shop patient student teacher"
)
# What a sentence may hold and still not say what it is about: `reach 100 by December`.
NO_SUBJECT = (
    "the a an it its this that these those them they we us our i you he all to in on at by of "
    "for from with between across among numbers s as and or is are be been was were will shall "
    "should must can get gets getting got achieve achieves achieved achieving triple triples "
    "quadruple times time twice half third quarter double doubled halved fold percent percentage "
    "point points pp pts per % x k m bn million thousand billion euro euros eur usd dollars "
    "pounds gbp day days hour hours minute minutes min second seconds sec ms week weeks month "
    "months year years yoy qoq mom end mid year-end january february march april may june july "
    "august september october november december christmas summer winter spring autumn fall today "
    "now currently current soon later next last previous prior before after until since target "
    "targets goal goals plan planned budget expectation expectations forecast baseline level "
    "levels market industry competitor competitors competition peers benchmark average good well "
    "great better worse best higher lower faster slower quicker longer shorter bigger smaller "
    "same again another further additional extra about around roughly approximately least most "
    "only even still compared versus vs against relative result results overall total in_total "
    "mark number figure figures value down up make makes keep keeps bring brings move moves go "
    "goes going grew rose fell drop push take takes do does done deliver delivers reach reaching "
    "hitting beat beats outperform outperforms surpass surpasses one two three four five six "
    "seven eight nine ten"
)
AIMS = (
    "improve increase reduce grow expand build become create launch make win raise cut lower "
    "boost strengthen deliver establish develop enter achieve drive optimise optimize simplify "
    "modernise modernize automate scale extend open double attract lead turn transform bring "
    "earn help retain keep find reach start shift move cultivate prepare hire secure protect "
    "ensure delight inspire empower sell save restore unlock be give get gain control eliminate "
    "prevent speed teach offer shorten rebuild replace migrate train renew relaunch restructure "
    "clean digitise digitize settle streamline refresh redesign refactor merge integrate roll "
    "ship publish release set put hold close complete finish implement deploy introduce upgrade "
    "enhance deepen foster promote recruit onboard fix resolve remove retire consolidate "
    "standardise standardize diversify acquire sign serve support free stop end halve triple "
    "define design test pilot certify comply pay invest fund embed elevate nurture accelerate "
    "tighten widen broaden pass revive reposition reinvent"
)
PASSED = (
    "pass passes passed certified certification accredited accreditation approved approval "
    "sign-off accepted awarded licensed licenced granted ratified zero none nobody shortlisted "
    "admitted approves approve signs signed_off listed_in listed_on go_live_in_all never "
    "compliant certificate licence license patent named wins_the won_the recognised recognized "
    "published_in in_place is_live in_force ranked_first agreed rated sealed notarised notarized "
    "closed_out in_production enacted patented decommissioned switched_off shut_down retired "
    "demolished green-lit in_hand registered_with unqualified clean_opinion admitted_to elected "
    "handed_over"
)
# Who decides, and how: once they have, two people agree that it is so.
DECIDERS = (
    "board council committee parliament regulator regulators court assembly shareholders senate "
    "union unions authority authorities agency ministry minister government city municipality "
    "county state commission jury panel auditor auditors inspector inspectors inspectorate bank "
    "insurer insurers landlord cfo ceo cio cto works_council workers’_council ethics_board "
    "steering_committee supervisory_board fda ema tuv tüv customs tribunal judge judges "
    "commissioner headquarters hq body notary registrar registry university faculty headmaster "
    "brigade directors governors trustees delegates plenary eu surveyor certifier"
)
# These decide with a signature only: customers accept and agree in many ways.
SIGNERS = (
    "client clients customer customers buyer buyers investor investors sponsor sponsors owner "
    "owners management legal procurement partner partners department hospital school tenant "
    "tenants member members team lead head manager managers architect"
)
SIGNS = (
    "sign signs signed sign_off signs_off signed_off approve approves approved countersigns "
    "countersigned certifies certified accepts_in_writing accepted_in_writing "
    "confirms_in_writing confirmed_in_writing"
)
DECIDES = (
    "adopt adopts adopted approve approves approved ratify ratifies ratified accept accepts "
    "accepted endorse endorses endorsed agree agrees agreed confirm confirms confirmed pass "
    "passes passed grant grants granted vote votes voted sign signs signed authorise authorises "
    "authorised authorize authorizes authorized certify certifies certified clear clears cleared "
    "lift lifts lifted issue issues issued recognise recognises recognised recognize recognizes "
    "accredit accredits accredited license licenses licence licences renew renews renewed "
    "consent consents award awards awarded release releases released waive waives waived "
    "acknowledge acknowledges green-light green-lights validate validates validated attest "
    "attests admit admits ruled rules fund funds funded"
)
MISHAPS = (
    "incident incidents outage outages complaint complaints accident accidents breach breaches "
    "defects injury injuries penalty penalties finding findings downtime recalls errors "
    "exceptions deviations data_loss stock-outs stockouts fatality fatalities death deaths leak "
    "leaks spill spills strike strikes fine fines claim claims lawsuit lawsuits objection "
    "objections non-conformities nonconformities reservation reservations qualification "
    "qualifications conditions weakness weaknesses violation violations loss losses delay delays "
    "interruption interruptions escape escapes defect reopenings rollback rollbacks regression "
    "regressions surprise surprises escalations escalation warning warnings overdue deficiency "
    "deficiencies restatement infections infection falls theft thefts failure failures action "
    "actions intervention interventions litigation sanction sanctions"
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
# The same thing in other words: each line is one meaning.
SAME = (
    "increase grow raise improve lift boost expand rise climb",
    "reduce cut decrease lower shorten drop fall shrink trim decline",
    "customer client buyer shopper purchaser customers clients buyers shoppers",
    "average mean median",
    "employee staff colleague worker workforce personnel employees workers colleagues",
    "newhire starter starters joiner joiners newcomer newcomers recruit recruits",
    "rate percentage share proportion percent quota ratio",
    "time duration times",
    "abroad international overseas foreign",
    "online web digital internet website",
    "error mistake fault mispick errors mistakes faults",
    "fix repair resolve solve remedy remediate patch fixed repaired resolved solved patched",
    "revenue turnover sale sales sell sells sold income",
    "renew renewal renewals renews renewing",
    "retain retention stay stays stayed remain remains keep kept",
    "incident outage incidents outages",
    "accident injury accidents injuries",
    "wait waiting queue queueing queuing",
    "review check inspect audit",
    "hire hiring hires hired recruitment recruiting",
    "deliver delivery deliveries shipment shipments ship shipping delivered shipped",
    "response reply answer respond replies responses answers answered",
    "punctual punctuality on-time ontime",
    "test tests tested testing",
    "month monthly months",
    "year annual yearly annually years",
    "week weekly weeks",
    "complaint complain complaints complains complained",
    "satisfaction satisfied happy",
    "defect bug defects bugs flaw",
    "user users",
    "pupil student learner pupils students learners",
    "doctor physician physicians doctors",
    "store shop outlet branch stores shops outlets branches",
    "absence absenteeism absent sick sickness",
    "churn attrition leaver leavers leave leaves leaving lost",
    "cost costs expense expenses spend spending",
    "energy power electricity",
    "vacancy vacancies position positions",
    "supplier vendor suppliers vendors",
    "adopt adoption adopted",
    "convert conversion converts converted",
    "invoice bill invoices bills",
    "load loading loads",
    "open opening opens opened",
    "pick picking picks",
    "cover coverage covered covers",
    "contract contracts agreement agreements",
    "release releases deployment deployments deploy",
    "approve approval approved approvals",
    "resolution resolv",
    "request requests ticket tickets case cases",
    "vulnerability vulnerabilities",
)
SAME_PHRASES = {
    "still_here": "retention",
    "still_with_us": "retention",
    "new_hires": "newhire",
    "new_hire": "newhire",
    "new_joiners": "newhire",
    "new_employees": "newhire",
    "new_starters": "newhire",
    "on_time": "ontime",
    "on-time": "ontime",
    "come_back": "return",
    "comes_from": "of",
    "home_page": "homepage",
    "front_page": "homepage",
    "start_page": "homepage",
    "waiting_time": "wait",
    "sick_leave": "absence",
    "sickness_absence": "absence",
    "staff_turnover": "churn",
    "employee_turnover": "churn",
    "bought_again": "repurchase",
    "buy_again": "repurchase",
    "order_again": "repurchase",
    "repeat_purchase": "repurchase",
    "repeat_order": "repurchase",
    "repeat_orders": "repurchase",
    "first_time_right": "ftr",
    "net_promoter_score": "nps",
    "customer_satisfaction_score": "csat",
    "daily_active_users": "dau",
    "monthly_active_users": "mau",
    "annual_recurring_revenue": "arr",
    "at_first_contact": "firstcontact",
    "first-contact": "firstcontact",
    "on_first_contact": "firstcontact",
    "month-end": "monthend",
    "month_end": "monthend",
}
NUMERALS = "one two three four five six seven eight nine ten eleven twelve"
FILLER = (
    "reach reaches hit get gets goes go the a an of to in on by for from at our and with per "
    "least most about all we is are be was were their its his her it this that these those who "
    "which whose overall number total via through during within over under above below end "
    "quarter average rate can could used use using available every each many much as than been "
    "being have has had do does done take takes up down out instead no not zero none without "
    "never only also level value across among between after before until when where still here "
    "reached made make makes point points percent x k m million day days hour hours minute "
    "minutes min h s sec second seconds now half double doubles halve halves come comes they "
    "them us my your new-found share ratio"
)
# Words that tell two things apart that are otherwise said alike: of each line only one is meant.
APART = (
    "new existing old current repeat returning first-time",
    "north south east west northern southern eastern western central",
    "first second third fourth",
    "men women boys girls man woman",
    "day night weekend weekdays weekday weekends",
    "morning evening afternoon",
    "online offline",
    "import imports export exports",
    "gross net operating",
    "large small medium big",
    "junior senior graduate",
    "inbound outbound",
    "domestic foreign abroad international",
    "buyers sellers drivers riders",
    "upper lower",
    "internal external",
    "free paid trial",
    "male female",
    "left right",
    "early late",
    "daily weekly monthly quarterly yearly annual",
    "month-end quarter-end year-end",
    "mobile desktop tablet",
    "response resolution reply recovery restore detection",
    "adults children",
    "primary secondary tertiary",
    "urban rural cities towns",
    "full-time part-time",
    "lost gained",
    "corporate retail private",
    "critical high medium low",
    "standard non-standard custom",
    "pupils teachers parents",
    "nurses doctors patients",
    "revenue cost costs profit margin",
    "time correct complete accurate",
    "loans deposits",
    "electricity water gas fuel paper",
    "regional long-distance local national",
    "front-end back-end",
    "passed failed",
    "open closed",
    "opened sent signed paid",
    "engineers sellers agents pickers designers",
)

# What follows a verb rather than a noun of the same letters.
OBJECT_FOLLOWS = (
    "the a an our their its his her your all each every any both more most new other another "
    "these those this that us them people with on in at to into from by for of and or up out how "
    "what why where which whether who least two three four five six seven eight nine ten twelve "
    "weekly monthly quarterly daily regular existing several some many key senior local internal "
    "external closely"
)
FINITE = (
    "is are was were be has have stay stays remain remains rise rises rose fall falls fell drop "
    "drops dropped grow grows grew reach reaches reached hit hits exceed exceeds go goes decline "
    "declines improves increases decreases become becomes get gets runs take takes need needs "
    "double doubles triples halves climb climbs shrinks shrink moves come comes keeps lands "
    "below above under over can cannot never no without feels feel means works tells makes pays "
    "lasts finds turns brings gives wins helps lets draws earns surprises delights deserves "
    "belongs begins starts stops finishes happens wants loves trusts knows"
)
NOUN_HEADS = (
    "source house door doors time times day days date dates rate rates quality speed cost costs "
    "cycle cycles process team teams ticket tickets desk case cases request requests contact "
    "contacts call calls load volume queue backlog coverage level levels score scores ratio "
    "share note notes train window manager managers engineer engineers failure failures "
    "stability conversion readiness pipeline pipelines plan plans module modules edition license "
    "permit permits bug bugs lead leads agents agent hours satisfaction response usage adoption "
    "frequency accuracy budget spend errors error defects velocity capacity platform portal "
    "centre center tool tools tooling board path paper papers effort efforts output library "
    "group groups partner partners staff status results result duration page pages air"
)
# What many of them do: `run clubs make the park a living room`.
PLURAL_VERBS = (
    "make become feel earn help turn reach choose trust want love know find bring give win let "
    "take draw ask tell learn see work meet fit last save recommend enjoy deserve belong start "
    "stop think speak talk use buy sell join leave come happen catch sleep build follow prefer "
    "rely travel visit return ride play live cost sound taste"
)
OPENERS = "to we will and then actively team continuously also jointly proactively must shall"
IN_FRONT = "in for of from on at by to"

NUMBER_TARGETS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand dozen"
)
# What is counted up to a target: `hire five engineers`; to turn two teams into one is none.
ACQUIRE = (
    "hire win sign open gain add recruit train reach serve land acquire enter save plant connect "
    "onboard attract convert certify enrol enroll sell secure close file earn welcome launch "
    "ship deliver publish raise get find bring_in build create treat house"
)
MEASURED_IN = (
    "second seconds minute minutes hour hours day days week weeks month months percent per_cent "
    "points point times million thousand billion euros dollars pounds new more additional extra "
    "clicks stars degrees percentage_points fold"
)

# What stands before a target.
LEVELS = (
    "reach reaches hit hits exceed exceeds stay stays keep bring get below above under over "
    "within more_than less_than at_least at_most up_to no_more_than"
)

# What nobody delivers: to create joy or rebuild trust is no piece of work.
NO_ARTEFACT = (
    "joy trust value standard doors chapter confidence demand love momentum future habit habits "
    "pride hope peace friendship tone bar culture environment atmosphere climate sense belonging "
    "reputation legacy identity bridge bridges bond bonds friendships community communities "
    "loyalty belief beliefs respect certainty calm space room happiness wealth opportunity "
    "opportunities excitement"
)

# Units of time: of these, faster is fewer.
TIMES = "s sec second seconds min minute minutes h hour hours day days week weeks"

# What a note says where it should give a reason.
NO_REASON = (
    "update updated updates updating change changed changes changing adjust adjusted adjustment "
    "revise revised revision edit edited modified modification corrected correction amended "
    "lowered raised reduced increased decreased reset reassessed re-estimated reestimated "
    "re-evaluated reviewed review checked confirmed done noted as_agreed discussed ok okay fine "
    "same ditto idem fyi unchanged wip later misc various see cf refer per as usual planned "
    "requested the a an our it its this that these is are i we they has have had been was were "
    "be just only now again slightly bit little manually today yesterday accordingly target "
    "targets confidence value values number numbers score figure status kr okr key_result result "
    "before above below down up by me us here regular routine weekly monthly minor small new "
    "latest week month quarter last previous to from in at on with of for no not reason reasons "
    "comment comments explanation remark remarks nothing please in_progress ongoing and so more "
    "less higher lower better worse feeling gut_feeling my personal judgement judgment estimate "
    "s percent points details follow will following will_follow"
)
RECORDS = (
    "mail mails email emails e-mail message messages chat thread channel minutes notes note "
    "report reports update updates meeting slides deck doc document docs page wiki ticket "
    "comment comments attachment file sheet spreadsheet presentation call link review check-in "
    "checkin above below slack teams confluence jira memo protocol newsletter"
)

/** First names that are common in the Netherlands, and some from elsewhere: a capitalised one in a message is somebody. */
export const FIRST_NAMES: ReadonlySet<string> = new Set(
  `aad aaron abdul abdullah achmed adam adriaan ahmed aisha albert alex alexander ali alice amber amina amir amy an andrea andreas andrew angela anil anita anja ank anke ann anna anne annelies annemarie annet annette annika anouk ans anton antonio arend arie arjan arjen arno arnold arthur astrid aya
  bart bas bastiaan bea beatrix bert berend bernard bianca bob boris bram brenda brian bruno
  carel carla carlo carlos carmen carolien caroline catharina cees charlotte chantal chris christa christel christiaan christian christina christine claire claudia coen cor cora corine cornelis corrie
  daan daniel daniëlle danielle danny david debbie debora dennis derk desiree dewi diana dick diederik dirk dominique donna dorien dylan
  ed eddy edith edwin eefje eelco els elise elisabeth elizabeth elke ellen elly elmer eline emiel emily emma emre eric erica erik erwin esmee esther eva evelien evert ewout
  fatih fatima fatma femke ferdinand floor floortje floris frank franka frans fred frederik frits freek
  gabriel geert george gerard gerben gerda gerrit gert gijs gina gonny grace greet greta guido guus gwen
  hamza hanna hannah hanneke hans harm harold harrie harry hassan heidi hein helen helena helma hendrik henk hennie henry herman hessel hilde hugo huub
  ian ibrahim ilse imran ine inez ingrid irene iris isa isabel isabelle ivo
  jaap jack jacob jacqueline jade james jamila jan jana jane janine janneke jannie jantine jasmijn jasper jayden jean jeanette jelle jennifer jenny jeroen jesse jessica jet jeroen jill jim jo joan johan johanna john joke jolanda jonas jonathan joop joost jordi joris jos jose josé josefien joseph joyce juan judith julia julian juliette jurgen jurriaan
  karel karen karim karin karsten katja kees kevin khalid kim kirsten klaas koen koos
  lars laura laurens lea leen lena leo leon leonie lex lia lidia lieke lies liesbeth lili lina linda lisa lisanne lisette loes lotte louis louise luc lucas lucia luis luuk lydia
  maaike maarten madelon mandy manon marc marcel marco margot margreet maria marian marianne marieke marijke marijn marina mario marion mariska marit marjan marjolein marjolijn marleen marlies marloes marta marten martha martijn martin martine mary matthijs maud maurice max mees mehmet melissa menno merel michael michel michelle miep mieke mike milan mirjam mirthe moniek monique muhammad mohamed mohammed mustafa myrthe
  nadia nancy natasja nathalie neeltje nick nico nicole niek niels nienke nina noah noor noortje nora nynke
  olaf olga olivia omar oscar otto
  paula paul patricia patrick pauline peter petra philip pien piet pieter pim priya
  quinten rachel rachid raymond rebecca regina remco rené renate renée rens riet rik rinus rob robbert robert robin roel roeland roelof rogier roland ronald ron rosa rosalie rowan roy ruben rudolf ruth ruud ryan
  saar sabine sabrina said sam samantha samir samira samuel sander sandra sanne sara sarah saskia sebastiaan selma sem serge shirley sietske silvia simon simone sjaak sjoerd sofie sonja sophie stefan steffie stella stephan steve steven stijn susan susanne suzan suzanne sven sylvia
  tamara tanja tara teun tess thea theo theresa thijs thomas tijmen tim timo tina tineke tom ton tonny toon trees truus tycho
  ursula valerie vera veronica victor vincent vivian
  walter wanda wendy wessel wiebe wietske wil willem willemijn wilma wim wouter xander yara yasmin yolanda youssef yusuf yvette yvonne
  zoë zoe`.split(/\s+/),
);
